/// The environment variables of ssh.
enum SSHEnvironment {
    /// Variables that ssh needs to find its user, its agent and its programs.
    ///
    /// All others are withheld, including ServerPilot credentials.
    private static let kept: Set<String> = [
        "HOME", "PATH", "USER", "LOGNAME", "SSH_AUTH_SOCK", "KRB5CCNAME", "XDG_RUNTIME_DIR", "TMPDIR",
    ]

    /// Returns the variables for ssh from the variables of this process.
    static func hardened(_ environment: [String: String]) -> [String: String] {
        var result = environment.filter { kept.contains($0.key) }
        // sprun parses the messages, so they must be in English. No window may ask for a passphrase.
        result["LC_ALL"] = "C"
        result["SSH_ASKPASS_REQUIRE"] = "never"
        return result
    }
}
