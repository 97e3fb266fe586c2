internal import RecipeEngine
internal import ServerPilot
internal import SystemPackage

/// A request for a host's public keys.
struct HostKeyScan {
    let host: ShellHost
    let program: SSHProgram
    let configuration: FilePath?

    /// Returns the key with a fingerprint, as type and key of a known-hosts line.
    ///
    /// - Throws: `ShellFailure`: `invalid` if the connection needs a jump host or proxy, which `ssh-keyscan` does not
    ///   support; `wrongHostKey` if the host has other keys; `notReached` if it shows none.
    func key(_ fingerprint: String) async throws(ShellFailure) -> String {
        // With a jump host, `ssh -G` is not needed; ssh itself rejects some jump hosts.
        let settings = host.jump == nil ? try await settings() : [:]
        let isDirect = ["proxyjump", "proxycommand"].allSatisfy { (settings[$0] ?? "none") == "none" }
        guard host.jump == nil, isDirect else {
            throw ShellFailure(
                .invalid,
                "host_key does not work through a jump host: sprun cannot read the host key of '\(host.description)'",
                hint: "write the host key to a file and pass it: known_hosts = \"…\"")
        }
        let (name, port) = (settings["hostname"] ?? host.name, settings["port"] ?? "22")
        guard !name.hasPrefix("-"), let number = Int(port), (1...65_535).contains(number) else {
            throw ShellFailure(.failed, "the ssh configuration has no host name and port for '\(host.name)'")
        }
        let found = try await output("ssh-keyscan", ["-T", "\(SecureShellLimits.connectTime)", "-p", port, "--", name])
        let keys = HostKeys(found.text)
        if let key = keys.lines[fingerprint] { return key }
        guard !keys.lines.isEmpty else {
            throw ShellFailure(
                .notReached, "'\(host.description)' returned no host key: \(SSHMessage.shown(found.said))",
                hint: "check that the machine runs and that its firewall opens this port; wait = \"5m\" waits while "
                    + "it boots")
        }
        throw ShellFailure(
            .wrongHostKey,
            "the host key of '\(host.description)' is not \(fingerprint): "
                + "\(keys.lines.keys.sorted().joined(separator: ", "))",
            hint: "this may be another machine: compare with the fingerprint on its console")
    }

    /// Returns the settings of the user's configuration for the host, by name in lower case.
    private func settings() async throws(ShellFailure) -> [String: String] {
        let listing = try await output("ssh", SSHArguments.asking(host, configuration: configuration))
        var settings: [String: String] = [:]
        for line in listing.text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ", maxSplits: 1)
            if words.count == 2, settings[String(words[0])] == nil { settings[String(words[0])] = String(words[1]) }
        }
        guard settings["hostname"] != nil else {
            throw ShellFailure(.failed, "ssh rejected its configuration: \(SSHMessage.shown(listing.said))")
        }
        return settings
    }

    private func output(
        _ name: String, _ arguments: [String]
    ) async throws(ShellFailure) -> (text: String, said: String) {
        let listing = Listing()
        let finished = try await program.run(name, arguments) { await listing.take($0) }
        return (await listing.text, finished.said)
    }

    /// The standard output of a program.
    private actor Listing {
        private var bytes: [UInt8] = []

        var text: String { String(decoding: bytes, as: UTF8.self) }

        func take(_ piece: [UInt8]) -> Bool {
            bytes += piece
            return bytes.count <= SecureShellLimits.largestListing
        }
    }
}
