/// The variables with which ssh is run.
enum SSHEnvironment {
    /// How ssh finds its user, its agent and its programs; all others stay here, credentials for ServerPilot among them.
    private static let kept: Set<String> = [
        "HOME", "PATH", "USER", "LOGNAME", "SSH_AUTH_SOCK", "KRB5CCNAME", "XDG_RUNTIME_DIR", "TMPDIR",
    ]

    /// What of the process's variables ssh gets.
    static func hardened(_ environment: [String: String]) -> [String: String] {
        var result = environment.filter { kept.contains($0.key) }
        // Messages in English, since they are read here; and never a window that asks.
        result["LC_ALL"] = "C"
        result["SSH_ASKPASS_REQUIRE"] = "never"
        return result
    }
}
