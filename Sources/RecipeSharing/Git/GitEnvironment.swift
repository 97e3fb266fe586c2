/// The variables with which git is run.
enum GitEnvironment {
    /// What of git's own variables stays: how it logs in, and how it reaches a host.
    ///
    /// All others could point it at another repository, another configuration or a file to write to.
    private static let kept: Set<String> = [
        "GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_PROXY_COMMAND", "GIT_PROXY_SSL_CAINFO",
        "GIT_PROXY_SSL_CERT", "GIT_PROXY_SSL_KEY", "GIT_HTTP_PROXY_AUTHMETHOD", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
        "GIT_SSL_CERT", "GIT_SSL_KEY", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
    ]

    /// Whether a variable is passed on: neither one that leads git elsewhere, nor one with credentials of an account,
    /// which are nothing to the programs that git starts.
    private static func isPassed(_ name: String) -> Bool {
        if kept.contains(name) { return true }
        let refused = ["GIT_", "LC_", "SERVERPILOT_", "SPRUN_"]
        return !refused.contains { name.hasPrefix($0) }
            && !["LANGUAGE", "CREDENTIALS_DIRECTORY", "PWD", "OLDPWD"].contains(name)
    }

    /// The variables of the process without those that lead git elsewhere, and with those that keep it from asking.
    static func hardened(_ environment: [String: String]) -> [String: String] {
        var result = environment.filter { name, _ in isPassed(name) }
        // A relative folder would be one of the project that sprun was started in.
        if let path = result["PATH"] {
            result["PATH"] = path.split(separator: ":").filter { $0.hasPrefix("/") }.joined(separator: ":")
        }
        // Messages in English, since they are read here.
        result["LC_ALL"] = "C"
        result["GIT_TERMINAL_PROMPT"] = "0"
        result["GCM_INTERACTIVE"] = "never"
        result["GIT_LITERAL_PATHSPECS"] = "1"
        result["GIT_OPTIONAL_LOCKS"] = "0"
        return result
    }

    /// The transports that a repository's address may end up at, by way of a redirect or of `insteadOf` in the user's
    /// own configuration; nothing that runs a command.
    static func transports(for repository: RepositoryURL) -> String {
        repository.scheme == "http" ? "http:https:ssh:file" : "https:ssh:file"
    }
}
