/// One rule of the account that an operation is refused by: what cannot be told from the arguments alone.
///
/// Rules for a single value are `Constraint`s of its field. Both are data, so that the simulator enforces them, the
/// plan warns of them and the documentation lists them from one source.
public struct Rule: Hashable, Sendable {
    /// What is looked at.
    public enum Check: Hashable, Sendable {
        /// The thing in the path exists.
        case pathExists
        /// Every thing that an argument names exists.
        case referencesExist
        /// Nothing has the natural key already.
        case naturalKeyIsFree
        /// No other database user of the server has the name.
        case databaseUserNameIsFree
        /// There are fewer than `most` things of the kind beside the new one, in that scope.
        case fewer(than: Int, ResourceKind, perField: String?)
        /// The system user is not the server's own `serverpilot`.
        case isNotServerPilotUser
        /// No system user holds the SSH key.
        case keyIsNotInUse
        /// The server offers the runtime.
        case runtimeIsOffered
        /// The key is attached, for removing; or is not yet, for adding.
        case keyIsAttached(Bool)
        /// AutoSSL is off.
        case autoSSLIsOff
        /// AutoSSL is available and neither it nor a custom certificate is on.
        case autoSSLCanBeEnabled
        /// The app has a certificate, or the redirect is only turned off.
        case hasSSL
        /// The app has a certificate where the redirect is turned off.
        case hasSSLToUnforce
        /// The setting is not what it is already.
        case changesForceSSL
        /// The certificate is not the one that is installed already.
        case changesCertificate
        /// No domain comes twice.
        case domainsAreDistinct
        /// Domains are written in lower case.
        case domainsAreLowerCase
        /// No domain has a dot at its end.
        case domainsHaveNoFinalDot
        /// No other app of the server has one of the domains.
        case domainsAreFree
        /// The database user is the one of that database.
        case databaseUserBelongsToDatabase
    }

    /// A short stable name: `app-name-unique`.
    public let id: String
    /// What is looked at.
    public let check: Check
    /// The status of the refusal.
    public let status: Int
    /// How sure the project is that the rule exists.
    public let evidence: Evidence
    /// The rule as a sentence, which is also the simulator's message.
    public let sentence: String
    /// How it can be switched in a simulation; `nil` where it cannot be.
    public let toggle: Toggle?

    init(
        _ id: String, _ check: Check, status: Int, _ evidence: Evidence, _ sentence: String,
        settings: Toggle? = nil, otherwise: Toggle.Setting.Outcome? = nil
    ) {
        self.id = id
        self.check = check
        self.status = status
        self.evidence = evidence
        self.sentence = sentence
        toggle =
            settings ?? otherwise.map(Toggle.otherwise) ?? (evidence == .inferred ? .otherwise(.isAccepted) : nil)
    }
}
