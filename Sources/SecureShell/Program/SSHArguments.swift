internal import RecipeEngine
internal import SystemPackage

/// The argument list of `ssh`: how to reach a host, and a command that is the same for every request.
enum SSHArguments {
    /// Options that override the user's configuration: ssh uses the first value of an option, and these come first.
    ///
    /// They forbid questions, access from the host to this machine, and shared connections.
    private static let forced = [
        "BatchMode=yes", "ForwardAgent=no", "ForwardX11=no", "PermitLocalCommand=no", "ClearAllForwardings=yes",
        "RequestTTY=no", "ControlMaster=no", "ControlPath=none", "ControlPersist=no", "UpdateHostKeys=no",
        "VisualHostKey=no", "LogLevel=ERROR", "EscapeChar=none", "RemoteCommand=none", "ForkAfterAuthentication=no",
        "StdinNull=no", "SessionType=default", "ConnectionAttempts=1", "TCPKeepAlive=yes",
        "ConnectTimeout=\(SecureShellLimits.connectTime)", "ServerAliveInterval=\(SecureShellLimits.aliveInterval)",
        "ServerAliveCountMax=\(SecureShellLimits.aliveCount)",
    ]

    /// Options that older versions of OpenSSH do not know.
    private static let ignorable = "IgnoreUnknown=KnownHostsCommand,ForkAfterAuthentication,StdinNull,SessionType"

    /// Returns the arguments to run the runner on a host.
    ///
    /// - Parameters:
    ///   - host: The host and how to log in to it.
    ///   - keys: A known-hosts file with exactly the key that the host must have; `nil` to use the usual files.
    ///   - configuration: A configuration file that replaces the user's.
    /// - Returns: The arguments.
    static func list(_ host: ShellHost, keys: FilePath?, configuration: FilePath?) -> [String] {
        let options = [ignorable] + forced + trust(host, keys) + (host.identity == nil ? [] : ["IdentitiesOnly=yes"])
        return way(host, configuration) + options.flatMap { ["-o", $0] } + [
            "-T", "--", host.name, RunnerRequest.command,
        ]
    }

    /// Returns the arguments for `ssh -G`, which prints the configuration for a host and does not connect.
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
