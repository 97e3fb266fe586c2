public import ServerPilot

/// Something that ServerPilot does, other than refuse, and that the simulator copies: with how sure the project is.
public struct Behaviour: Hashable, Sendable {
    /// A short stable name.
    public let id: String
    /// How sure the project is of it.
    public let evidence: Evidence
    /// What happens.
    public let sentence: String

    private init(_ id: String, _ evidence: Evidence, _ sentence: String) {
        self.id = id
        self.evidence = evidence
        self.sentence = sentence
    }

    /// Everything that the simulator copies beside the rules of `Operation.all`.
    public static let all = [
        Behaviour("records-at-once", .live, "Records change at once; only the work on the server takes time."),
        Behaviour("serverpilot-user-at-once", .live, "A new server has its system user serverpilot at once."),
        Behaviour("actions-in-turn", .inferred, "Actions run one after another on a server."),
        Behaviour(
            "unconnected-actions-open", .inferred, "On a server that never connected actions stay open until it does."),
        Behaviour(
            "actions-leave-with-server", .inferred, "The actions of a deleted server leave the account with it."),
        Behaviour("server-cascade", .inferred, "A deleted server takes its users, apps and databases with it."),
        Behaviour("sysuser-cascade", .documented, "A deleted system user takes its apps and databases with it."),
        Behaviour("app-cascade", .documented, "A deleted app takes its databases with it."),
        Behaviour("plan-without-action", .inferred, "A change of the plan alone, or no change, queues no work."),
        Behaviour("domains-unordered", .live, "The order of an app's domains is not kept."),
        Behaviour("wordpress-not-echoed", .inferred, "What WordPress was installed with is in no reply."),
        Behaviour(
            "autossl-later", .production, "AutoSSL becomes available some time after an app was given its domains."),
        Behaviour("autossl-no-wildcards", .inferred, "AutoSSL covers no wildcard domains."),
        Behaviour("path-before-arguments", .inferred, "The thing in the path is looked for before the arguments."),
        Behaviour("one-problem-at-a-time", .live, "Of several problems with the arguments the first is told."),
    ]
}
