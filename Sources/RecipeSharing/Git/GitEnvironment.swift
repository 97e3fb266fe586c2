/// The environment variables of git.
enum GitEnvironment {
    /// Git's own variables that are passed on: those for logging in and connecting.
    ///
    /// The others could redirect git to another repository, another configuration or another output file.
    private static let kept: Set<String> = [
        "GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_PROXY_COMMAND", "GIT_PROXY_SSL_CAINFO",
        "GIT_PROXY_SSL_CERT", "GIT_PROXY_SSL_KEY", "GIT_HTTP_PROXY_AUTHMETHOD", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
        "GIT_SSL_CERT", "GIT_SSL_KEY", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
    ]

    /// Whether a variable is passed on.
    ///
    /// Variables that redirect git are withheld. So are those with ServerPilot credentials, which git's child processes
    /// do not need.
    private static func isPassed(_ name: String) -> Bool {
        if kept.contains(name) { return true }
        let refused = ["GIT_", "LC_", "SERVERPILOT_", "SPRUN_"]
        return !refused.contains { name.hasPrefix($0) }
            && !["LANGUAGE", "CREDENTIALS_DIRECTORY", "PWD", "OLDPWD"].contains(name)
    }

    /// Returns the variables of this process without those that redirect git, and with settings that forbid questions.
    static func hardened(_ environment: [String: String]) -> [String: String] {
        var result = environment.filter { name, _ in isPassed(name) }
        // A relative folder would be a folder of the project in which sprun was started.
        if let path = result["PATH"] {
            result["PATH"] = path.split(separator: ":").filter { $0.hasPrefix("/") }.joined(separator: ":")
        }
        // `GitMessage` parses the messages, so they must be in English.
        result["LC_ALL"] = "C"
        result["GIT_TERMINAL_PROMPT"] = "0"
        result["GCM_INTERACTIVE"] = "never"
        result["GIT_LITERAL_PATHSPECS"] = "1"
        result["GIT_OPTIONAL_LOCKS"] = "0"
        return result
    }

    /// Returns the transports that an address may use after a redirect or the user's own `insteadOf` setting.
    ///
    /// None of them runs a command.
    static func transports(for repository: RepositoryURL) -> String {
        repository.scheme == "http" ? "http:https:ssh:file" : "https:ssh:file"
    }
}
