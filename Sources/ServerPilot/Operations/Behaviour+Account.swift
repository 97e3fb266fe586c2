/// Effects on the account beyond the change that a call requests.
extension Behaviour {
    /// The time at which records change.
    package static let recordsAtOnce = Behaviour(
        "records-at-once", .live, "Records change immediately; only the work on the server takes time.")
    /// The system user `serverpilot` of every server.
    package static let serverPilotUserAtOnce = Behaviour(
        "serverpilot-user-at-once", .live, "A new server has the system user serverpilot immediately.")
    /// The address of a server before its installer has run.
    package static let addressAfterInstaller = Behaviour(
        "address-after-installer", .documented, "lastaddress and lastconn are null until the installer has run.")
    /// The order in which a server runs its actions.
    package static let actionsInTurn = Behaviour(
        "actions-in-turn", .inferred, "Actions run one after another on a server.",
        otherwise: .happens("they run side by side"))
    /// Actions of a server that never connected.
    package static let unconnectedActionsStayOpen = Behaviour(
        "unconnected-actions-open", .inferred, "Actions stay open on a server that has never connected.",
        otherwise: .happens("they end as on any other server"))
    /// Actions of a deleted server.
    package static let actionsLeaveWithServer = Behaviour(
        "actions-leave-with-server", .inferred, "ServerPilot deletes the actions of a deleted server.",
        otherwise: .happens("they remain readable"))
    /// Resources that are deleted with a server.
    package static let serverCascade = Behaviour(
        "server-cascade", .inferred, "Deleting a server deletes its system users, apps and databases.",
        otherwise: .happens("a server that has any cannot be deleted (409)"))
    /// Resources that are deleted with a system user.
    package static let sysuserCascade = Behaviour(
        "sysuser-cascade", .documented, "Deleting a system user deletes its apps and databases.")
    /// Resources that are deleted with an app.
    package static let appCascade = Behaviour(
        "app-cascade", .documented, "Deleting an app deletes its databases.")
    /// A change of the billing plan alone.
    package static let planWithoutAction = Behaviour(
        "plan-without-action", .inferred, "Changing only a server's plan queues no action.",
        otherwise: .happens("it queues an action"))
    /// An update that changes nothing.
    package static let noopWithoutAction = Behaviour(
        "noop-without-action", .inferred, "An update that changes nothing on a server or an app queues no action.",
        otherwise: .happens("it queues an action"))
    /// The time at which a connected server last reported.
    package static let lastconnMoves = Behaviour(
        "lastconn-moves", .inferred, "A connected server reports every minute and updates lastconn.",
        otherwise: .happens("lastconn keeps the time of the first connection"))
    /// The order of an app's domains.
    package static let domainsUnordered = Behaviour(
        "domains-unordered", .live, "ServerPilot does not keep the order of an app's domains.")
    /// The domains in an update.
    package static let domainsReplaced = Behaviour(
        "domains-replaced", .documented, "An update replaces the whole list of domains.")
    /// The time at which AutoSSL becomes available.
    package static let autoSSLLater = Behaviour(
        "autossl-later", .production, "AutoSSL becomes available some time after the app gets its domains.")
    /// Wildcard domains under AutoSSL.
    package static let autoSSLWithoutWildcards = Behaviour(
        "autossl-no-wildcards", .inferred, "AutoSSL does not cover wildcard domains.",
        otherwise: .happens("it covers them too"))
    /// The redirect to HTTPS after SSL is removed.
    package static let forceLeavesWithSSL = Behaviour(
        "force-leaves-with-ssl", .documented, "Removing the certificate or AutoSSL turns the redirect off.")

    static let conduct = [
        recordsAtOnce, serverPilotUserAtOnce, addressAfterInstaller, lastconnMoves, actionsInTurn,
        unconnectedActionsStayOpen, actionsLeaveWithServer, serverCascade, sysuserCascade, appCascade,
        planWithoutAction, noopWithoutAction, domainsUnordered, domainsReplaced, autoSSLLater, autoSSLWithoutWildcards,
        forceLeavesWithSSL,
    ]
}
