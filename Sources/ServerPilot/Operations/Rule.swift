/// One rule about the account's state that can refuse an operation with valid arguments.
///
/// The rules for a single value are the `Constraint`s of its field. Both are data: the simulator enforces them, plans
/// warn of them, and the documentation lists them.
package struct Rule: Hashable, Sendable {
    /// The condition that must hold.
    package enum Check: Hashable, Sendable {
        /// The resource in the path exists.
        case pathExists
        /// Every resource that an argument names exists.
        case referencesExist
        /// No resource has the natural key yet.
        case naturalKeyIsFree
        /// No other database user on the server has the name.
        case databaseUserNameIsFree
        /// The scope holds fewer resources of the kind than the limit.
        ///
        /// `perField` is the argument with the id of the scope; `nil` is the whole account.
        case fewer(than: Int, ResourceKind, perField: String?)
        /// The system user is not the server's own `serverpilot`.
        case isNotServerPilotUser
        /// No system user has the SSH key.
        case keyIsNotInUse
        /// The server offers the runtime.
        case runtimeIsOffered
        /// The system user has the key if the value is `true` (to remove it), and does not if `false` (to add it).
        case keyIsAttached(Bool)
        /// AutoSSL is off.
        case autoSSLIsOff
        /// AutoSSL is available, and the app has neither AutoSSL nor a custom certificate.
        case autoSSLCanBeEnabled
        /// The app has SSL, unless the request turns the redirect off.
        case hasSSL
        /// The app has SSL if the request turns the redirect off.
        case hasSSLToUnforce
        /// The request changes the redirect setting.
        case changesForceSSL
        /// The request changes the installed certificate.
        case changesCertificate
        /// No domain is repeated.
        case domainsAreDistinct
        /// All domains are in lower case.
        case domainsAreLowerCase
        /// No domain ends in a dot.
        case domainsHaveNoFinalDot
        /// No other app on the server has one of the domains.
        case domainsAreFree
        /// The database user belongs to the database.
        case databaseUserBelongsToDatabase
    }

    /// A short stable id: `app-name-unique`.
    package let id: String
    /// The condition that must hold.
    package let check: Check
    /// The HTTP status of the refusal.
    package let status: Int
    /// The evidence for the rule.
    package let evidence: Evidence
    /// The refusal as a sentence, which is also the simulator's message.
    package let sentence: String
    /// The settings of the rule in a simulation; `nil` if it is fixed.
    package let toggle: Toggle?

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
