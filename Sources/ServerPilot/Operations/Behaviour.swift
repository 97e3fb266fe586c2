/// What ServerPilot does for every operation alike, or beside a refusal, with how sure the project is of it.
///
/// With the `Constraint`s of fields and the `Rule`s of operations these are all that is known of the API's conduct.
public struct Behaviour: Hashable, Sendable {
    /// A short stable name.
    public let id: String
    /// How sure the project is of it.
    public let evidence: Evidence
    /// The status of a refusal by it; `nil` where it refuses nothing.
    public let status: Int?
    /// What happens.
    public let sentence: String
    /// How it can be switched in a simulation; `nil` where it cannot.
    public let toggle: Toggle?

    private init(
        _ id: String, _ evidence: Evidence, status: Int? = nil, _ sentence: String, otherwise: Toggle.Otherwise? = nil
    ) {
        self.id = id
        self.evidence = evidence
        self.status = status
        self.sentence = sentence
        toggle = otherwise.map(Toggle.otherwise)
    }
}

/// How a request as such is taken.
extension Behaviour {
    /// Who asks with wrong credentials learns nothing else.
    public static let credentialsFirst = Behaviour(
        "request-credentials", .production, status: 401,
        "Wrong credentials are refused before anything else is looked at.")
    /// A path of no operation.
    public static let pathIsKnown = Behaviour(
        "request-path", .documented, status: 404, "A path that leads to nothing is refused.")
    /// A path with another method.
    public static let methodIsKnown = Behaviour(
        "request-method", .inferred, status: 405, "A method that a path does not have is refused.",
        otherwise: .isRefused(status: 404))
    /// A body that is no JSON object.
    public static let bodyIsJSON = Behaviour(
        "request-json", .live, status: 400, "A body that is no JSON object is refused, and the refusal repeats it.")
    /// A body that is too large.
    public static let bodyIsSmall = Behaviour(
        "request-size", .inferred, status: 413, "A body of more than a mebibyte is refused.",
        otherwise: .isRefused(status: 400))
    /// More header fields than any client sends.
    public static let headerIsSmall = Behaviour(
        "request-header-size", .inferred, status: 431, "A header that is too large is refused.",
        otherwise: .isRefused(status: 400))
    /// A request that HTTP does not know.
    public static let requestIsHTTP = Behaviour(
        "request-http", .documented, status: 400, "What is no request of HTTP/1.1 is not understood.")
    /// A body of several operations.
    public static let oneKind = Behaviour(
        "request-one-kind", .documented, status: 400,
        "auto, force, and key with cert never go together in one request.")
    /// A body of none of several operations.
    public static let someKind = Behaviour(
        "request-kind", .documented, status: 400, "A request about SSL names one of auto, force, and key with cert.")
    /// Content types do not count.
    public static let anyContentType = Behaviour(
        "content-type-optional", .documented, "A JSON body is read whatever its Content-Type says.")

    static let requests = [
        credentialsFirst, pathIsKnown, methodIsKnown, requestIsHTTP, headerIsSmall, bodyIsSmall, bodyIsJSON,
        anyContentType, someKind, oneKind,
    ]
}

/// How the arguments of a call are taken.
extension Behaviour {
    /// In which order a call is looked at.
    public static let pathBeforeArguments = Behaviour(
        "path-before-arguments", .inferred, "The thing in the path is looked for before the arguments.",
        otherwise: .happens("the arguments come first"))
    /// An argument without which there is no call.
    public static let argumentIsGiven = Behaviour(
        "argument-given", .documented, status: 400, "A call without an argument that it needs is refused.")
    /// A value of another type.
    public static let argumentHasType = Behaviour(
        "argument-type", .live, status: 400, "An argument of a wrong type is refused by name.")
    /// An argument that the operation does not have.
    public static let argumentIsKnown = Behaviour(
        "argument-known", .inferred, status: 400, "An argument that the operation does not have is refused.",
        otherwise: .isAccepted)
    /// A change without anything to change.
    public static let somethingIsGiven = Behaviour(
        "argument-some-given", .inferred, status: 400, "A change that changes nothing is refused.",
        otherwise: .isAccepted)
    /// One after the other.
    public static let oneProblemAtATime = Behaviour(
        "one-problem-at-a-time", .live, "Of several problems with the arguments the first is told.")

    static let arguments = [
        pathBeforeArguments, argumentIsGiven, argumentHasType, argumentIsKnown, somethingIsGiven, oneProblemAtATime,
    ]
}

/// What the account does beside what was asked.
extension Behaviour {
    /// Records change at once.
    public static let recordsAtOnce = Behaviour(
        "records-at-once", .live, "Records change at once; only the work on the server takes time.")
    /// Every server's own user.
    public static let serverPilotUserAtOnce = Behaviour(
        "serverpilot-user-at-once", .live, "A new server has its system user serverpilot at once.")
    /// The key for the installer.
    public static let apiKeyOnce = Behaviour(
        "apikey-once", .documented, "The apikey of a server is in the reply to its creation, and never again.")
    /// A server without an installer.
    public static let addressAfterInstaller = Behaviour(
        "address-after-installer", .documented, "lastaddress and lastconn are null until the installer ran.")
    /// Work of a server, one after the other.
    public static let actionsInTurn = Behaviour(
        "actions-in-turn", .inferred, "Actions run one after another on a server.",
        otherwise: .happens("they run side by side"))
    /// Work for a server that nobody has connected.
    public static let unconnectedActionsStayOpen = Behaviour(
        "unconnected-actions-open", .inferred, "On a server that never connected actions stay open until it does.",
        otherwise: .happens("they end as on any other"))
    /// Actions of a deleted server.
    public static let actionsLeaveWithServer = Behaviour(
        "actions-leave-with-server", .inferred, "The actions of a deleted server leave the account with it.",
        otherwise: .happens("they can still be asked for"))
    /// What a deleted server takes along.
    public static let serverCascade = Behaviour(
        "server-cascade", .inferred, "A deleted server takes its users, apps and databases with it.",
        otherwise: .happens("a server that has any cannot be deleted (409)"))
    /// What a deleted system user takes along.
    public static let sysuserCascade = Behaviour(
        "sysuser-cascade", .documented, "A deleted system user takes its apps and databases with it.")
    /// What a deleted app takes along.
    public static let appCascade = Behaviour(
        "app-cascade", .documented, "A deleted app takes its databases with it.")
    /// Changes that no server has to know of.
    public static let planWithoutAction = Behaviour(
        "plan-without-action", .inferred, "A change of the plan alone, or no change, queues no work.",
        otherwise: .happens("every change queues work"))
    /// A list that is a set.
    public static let domainsUnordered = Behaviour(
        "domains-unordered", .live, "The order of an app's domains is not kept.")
    /// A list that is replaced.
    public static let domainsReplaced = Behaviour(
        "domains-replaced", .documented, "The domains of an update replace the whole list.")
    /// What WordPress gets.
    public static let wordpressNotEchoed = Behaviour(
        "wordpress-not-echoed", .inferred, "What WordPress was installed with is in no reply.",
        otherwise: .happens("the reply to create_app has it, without the password"))
    /// When a certificate can be had.
    public static let autoSSLLater = Behaviour(
        "autossl-later", .production, "AutoSSL becomes available some time after an app was given its domains.")
    /// Domains of AutoSSL.
    public static let autoSSLWithoutWildcards = Behaviour(
        "autossl-no-wildcards", .inferred, "AutoSSL covers no wildcard domains.",
        otherwise: .happens("it covers them too"))
    /// What goes with a certificate.
    public static let forceLeavesWithSSL = Behaviour(
        "force-leaves-with-ssl", .documented, "Removing certificate or AutoSSL turns the redirect off.")
    /// Secrets in replies.
    public static let privateKeyInReplies = Behaviour(
        "ssl-key-in-replies", .documented, "The private key of a certificate is in every reply about its app.")
    /// Members that nobody has seen yet.
    public static let onlyKnownMembers = Behaviour(
        "known-members-only", .inferred, "Replies have no members beyond those that are known.",
        otherwise: .happens("every object in a reply has one more, x_unknown"))

    static let conduct = [
        recordsAtOnce, serverPilotUserAtOnce, apiKeyOnce, addressAfterInstaller, actionsInTurn,
        unconnectedActionsStayOpen, actionsLeaveWithServer, serverCascade, sysuserCascade, appCascade,
        planWithoutAction, domainsUnordered, domainsReplaced, wordpressNotEchoed, autoSSLLater,
        autoSSLWithoutWildcards, forceLeavesWithSSL, privateKeyInReplies, onlyKnownMembers,
    ]

    /// Everything that is known beside the fields and rules of `Operation.all`.
    public static let all = requests + arguments + conduct
}
