/// Effects on the account beyond the change that a call requests.
extension Behaviour {
    /// The time at which records change.
    public static let recordsAtOnce = Behaviour(
        "records-at-once", .live, "Records change at once; only the work on the server takes time.")
    /// The system user `serverpilot` of every server.
    public static let serverPilotUserAtOnce = Behaviour(
        "serverpilot-user-at-once", .live, "A new server has its system user serverpilot at once.")
    /// The address of a server before its installer has run.
    public static let addressAfterInstaller = Behaviour(
        "address-after-installer", .documented, "lastaddress and lastconn are null until the installer ran.")
    /// The order in which a server runs its actions.
    public static let actionsInTurn = Behaviour(
        "actions-in-turn", .inferred, "Actions run one after another on a server.",
        otherwise: .happens("they run side by side"))
    /// Actions of a server that never connected.
    public static let unconnectedActionsStayOpen = Behaviour(
        "unconnected-actions-open", .inferred, "On a server that never connected actions stay open until it does.",
        otherwise: .happens("they end as on any other"))
    /// Actions of a deleted server.
    public static let actionsLeaveWithServer = Behaviour(
        "actions-leave-with-server", .inferred, "The actions of a deleted server leave the account with it.",
        otherwise: .happens("they can still be asked for"))
    /// Resources that are deleted with a server.
    public static let serverCascade = Behaviour(
        "server-cascade", .inferred, "A deleted server takes its users, apps and databases with it.",
        otherwise: .happens("a server that has any cannot be deleted (409)"))
    /// Resources that are deleted with a system user.
    public static let sysuserCascade = Behaviour(
        "sysuser-cascade", .documented, "A deleted system user takes its apps and databases with it.")
    /// Resources that are deleted with an app.
    public static let appCascade = Behaviour(
        "app-cascade", .documented, "A deleted app takes its databases with it.")
    /// A change of the billing plan alone.
    public static let planWithoutAction = Behaviour(
        "plan-without-action", .inferred, "A change of a server's plan alone queues no work.",
        otherwise: .happens("it queues work"))
    /// An update that changes nothing.
    public static let noopWithoutAction = Behaviour(
        "noop-without-action", .inferred, "An update of a server or an app that changes nothing queues no work.",
        otherwise: .happens("it queues work"))
    /// The time at which a connected server last reported.
    public static let lastconnMoves = Behaviour(
        "lastconn-moves", .inferred, "A connected server reports every minute, and lastconn says when it last did.",
        otherwise: .happens("lastconn stays as it was when the server connected"))
    /// The order of an app's domains.
    public static let domainsUnordered = Behaviour(
        "domains-unordered", .live, "The order of an app's domains is not kept.")
    /// The domains in an update.
    public static let domainsReplaced = Behaviour(
        "domains-replaced", .documented, "The domains of an update replace the whole list.")
    /// The time at which AutoSSL becomes available.
    public static let autoSSLLater = Behaviour(
        "autossl-later", .production, "AutoSSL becomes available some time after an app was given its domains.")
    /// Wildcard domains under AutoSSL.
    public static let autoSSLWithoutWildcards = Behaviour(
        "autossl-no-wildcards", .inferred, "AutoSSL covers no wildcard domains.",
        otherwise: .happens("it covers them too"))
    /// The redirect to HTTPS after SSL is removed.
    public static let forceLeavesWithSSL = Behaviour(
        "force-leaves-with-ssl", .documented, "Removing certificate or AutoSSL turns the redirect off.")

    static let conduct = [
        recordsAtOnce, serverPilotUserAtOnce, addressAfterInstaller, lastconnMoves, actionsInTurn,
        unconnectedActionsStayOpen, actionsLeaveWithServer, serverCascade, sysuserCascade, appCascade,
        planWithoutAction, noopWithoutAction, domainsUnordered, domainsReplaced, autoSSLLater, autoSSLWithoutWildcards,
        forceLeavesWithSSL,
    ]
}
