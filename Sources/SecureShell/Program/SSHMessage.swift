internal import Groundwork
internal import RecipeEngine
internal import ServerPilot

/// The error messages of ssh: their short form and the failures they stand for.
enum SSHMessage {
    /// Returns the end of a message on one line, without control characters, in at most `shownMessage` characters.
    static func shown(_ said: String) -> String {
        let scalars = said.unicodeScalars.map { $0.properties.generalCategory == .control && $0 != "\n" ? " " : $0 }
        let lines = String(String.UnicodeScalarView(scalars)).split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }.filter { line in line.contains { $0 != "@" && $0 != " " } }
        let text = lines.joined(separator: "; ")
        let limit = SecureShellLimits.shownMessage
        return text.isEmpty ? "ssh printed no message" : text.count > limit ? "…" + text.suffix(limit) : text
    }

    /// Returns the failure for an ssh that ended before the runner greeted, by the text of ssh's message.
    ///
    /// - Parameters:
    ///   - said: The standard error of ssh.
    ///   - status: The exit status of ssh; 255 is an error of ssh itself.
    ///   - host: The host.
    /// - Returns: The failure.
    static func failure(_ said: String, status: Int, _ host: ShellHost) -> ShellFailure {
        let lower = said.lowercased()
        func has(_ parts: String...) -> Bool { parts.contains { lower.contains($0) } }
        let name = "'\(host.description)'"
        let words = shown(said)
        guard status == 255 else {
            return ShellFailure(
                .noShell, "\(name) accepted the login, but did not run 'sh' (exit status \(status)): \(words)",
                hint: "the user needs a login shell and no forced command", delivery: .ambiguous)
        }
        if let failure = ofJump(lower, host, words) { return failure }
        if has("remote host identification has changed", "host key for", "offending") && has("changed", "offending") {
            return ShellFailure(
                .wrongHostKey, "the host key of \(name) changed: this may be another machine",
                hint: "if the machine was recreated, run ssh-keygen -R \(host.name), then verify the new key")
        }
        if has(
            "host key verification failed", "host key is known", "host key is not known",
            "no matching host key fingerprint")
        {
            return host.fingerprint == nil
                ? ShellFailure(
                    .unknownHostKey, "the host key of \(name) is not trusted yet",
                    hint:
                        "pass its fingerprint (host_key = \"SHA256:…\"), or accept_new = true to trust the first key")
                : ShellFailure(.wrongHostKey, "the host key of \(name) changed between two connections")
        }
        if let failure = ofIdentity(lower, host, words) { return failure }
        if let failure = ofWay(lower, host, words) { return failure }
        if has("permission denied", "too many authentication failures", "no supported authentication methods") {
            return loginRefused(host, words)
        }
        if has("bad configuration option", "terminating,", "unsupported option", "command-line: line") {
            return ShellFailure(
                .failed, "ssh rejected its configuration: \(words)", hint: "check it with: ssh -G \(host.name)")
        }
        // ssh does not say whether the connection ended before or after the host started the script.
        return ShellFailure(
            .connectionLost, "the connection to \(name) ended before the script replied: \(words)",
            hint: "run 'ssh \(host.name)' for details", delivery: .ambiguous)
    }

    private static func loginRefused(_ host: ShellHost, _ words: String) -> ShellFailure {
        let who = host.user.map { "the user '\($0)'" } ?? "this user"
        let key = host.identity.map { "the key '\($0)'" } ?? "the keys of the ssh agent and the ssh configuration"
        return ShellFailure(
            .loginRefused, "'\(host.description)' rejected the login of \(who) with \(key): \(words)",
            hint: "check that the public key is in the user's authorized_keys, and that the key needs no passphrase")
    }

    private static func ofIdentity(_ lower: String, _ host: ShellHost, _ words: String) -> ShellFailure? {
        guard lower.contains("unprotected private key") || lower.contains("bad permissions") else { return nil }
        return ShellFailure(
            .identity, "other users can read the private key: \(words)",
            hint: "restrict it with: chmod 600 FILE")
    }

    /// Returns the failure of a jump host.
    ///
    /// The ssh to the jump host reports the reason; the ssh through it reports only that nothing answers.
    private static func ofJump(_ lower: String, _ host: ShellHost, _ words: String) -> ShellFailure? {
        let isSilent = lower.contains("kex_exchange_identification") || lower.contains("connection to unknown")
        let lines = lower.split(separator: "\n").filter { !$0.allSatisfy { $0 == " " || $0 == "\r" } }
        // The jump host works: it reports that the target host does not answer.
        if lower.contains("open failed: connect failed") { return nil }
        // With a jump host, the ssh through it neither resolves nor connects: that line is from the ssh to the jump host.
        // On a busy machine it is the only one.
        let isOfJump =
            host.jump != nil && (lower.contains("ssh: connect to") || lower.contains("ssh: could not resolve"))
        guard lower.contains("stdio forwarding failed") || isOfJump || isSilent && (host.jump != nil || lines.count > 1)
        else { return nil }
        return ShellFailure(
            .jumpFailed,
            "'\(host.description)' cannot be reached through \(host.jump.map { "'\($0)'" } ?? "its proxy"): \(words)",
            hint: "log in to the jump host by hand: its host key must be trusted, and ssh must not ask for input")
    }

    /// Returns the failure to reach the host or a jump host.
    private static func ofWay(_ lower: String, _ host: ShellHost, _ words: String) -> ShellFailure? {
        func has(_ parts: String...) -> Bool { parts.contains { lower.contains($0) } }
        if has("could not resolve hostname", "name or service not known", "temporary failure in name resolution") {
            return ShellFailure(
                .unknownName, "cannot resolve '\(host.name)': \(words)", hint: "check the host name")
        }
        if has(
            "connection refused", "no route to host", "connection timed out", "network is unreachable",
            "host is down", "banner exchange", "open failed: connect failed", "kex_exchange_identification",
            "operation timed out")
        {
            return ShellFailure(
                .notReached, "'\(host.description)' does not answer: \(words)",
                hint: "check that the machine runs and that its firewall opens this port; wait = \"5m\" waits while "
                    + "it boots")
        }
        return nil
    }
}
