internal import RecipeEngine
internal import SystemPackage

/// The argument list of `ssh`: how to reach a host, and nothing of what is to be done there but one command.
enum SSHArguments {
    /// What holds whatever the user's configuration says: the first value of an option counts, and these come first.
    ///
    /// Nothing may ask, nothing of this side may be reachable from the host, and no other connection is used.
    private static let forced = [
        "BatchMode=yes", "ForwardAgent=no", "ForwardX11=no", "PermitLocalCommand=no", "ClearAllForwardings=yes",
        "RequestTTY=no", "ControlMaster=no", "ControlPath=none", "ControlPersist=no", "UpdateHostKeys=no",
        "VisualHostKey=no", "LogLevel=ERROR", "EscapeChar=none", "RemoteCommand=none", "ForkAfterAuthentication=no",
        "StdinNull=no", "SessionType=default", "ConnectionAttempts=1", "TCPKeepAlive=yes",
        "ConnectTimeout=\(SecureShellLimits.connectTime)", "ServerAliveInterval=\(SecureShellLimits.aliveInterval)",
        "ServerAliveCountMax=\(SecureShellLimits.aliveCount)",
    ]

    /// Options that older versions of OpenSSH do not have.
    private static let ignorable = "IgnoreUnknown=KnownHostsCommand,ForkAfterAuthentication,StdinNull,SessionType"

    /// The list.
    ///
    /// - Parameters:
    ///   - host: the host.
    ///   - keys: a file with exactly the key that the host has to have; `nil` where what is known of it counts.
    ///   - configuration: a configuration instead of the user's.
    /// - Returns: the arguments.
    static func list(_ host: ShellHost, keys: FilePath?, configuration: FilePath?) -> [String] {
        let options = [ignorable] + forced + trust(host, keys) + (host.identity == nil ? [] : ["IdentitiesOnly=yes"])
        return way(host, configuration) + options.flatMap { ["-o", $0] } + [
            "-T", "--", host.name, RunnerRequest.command,
        ]
    }

    /// The list for `ssh -G`, which says what the configuration makes of a host and connects to none.
    static func asking(_ host: ShellHost, configuration: FilePath?) -> [String] {
        ["-G"] + way(host, configuration) + ["--", host.name]
    }

    private static func way(_ host: ShellHost, _ configuration: FilePath?) -> [String] {
        var list = configuration.map { ["-F", $0.string] } ?? []
        if let port = host.port { list += ["-p", "\(port)"] }
        if let user = host.user { list += ["-l", user] }
        if let identity = host.identity { list += ["-i", identity] }
        if let jump = host.jump { list += ["-J", jump] }
        return list
    }

    private static func trust(_ host: ShellHost, _ keys: FilePath?) -> [String] {
        if let keys {
            return [
                "StrictHostKeyChecking=yes", "UserKnownHostsFile=\"\(keys)\"", "GlobalKnownHostsFile=none",
                "KnownHostsCommand=none", "VerifyHostKeyDNS=no",
            ]
        }
        var options = ["StrictHostKeyChecking=\(host.acceptsNew ? "accept-new" : "yes")"]
        if let file = host.knownHosts {
            options += ["UserKnownHostsFile=\"\(file)\"", "GlobalKnownHostsFile=none", "KnownHostsCommand=none"]
        }
        return options
    }
}
