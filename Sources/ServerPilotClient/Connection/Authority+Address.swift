internal import ServerPilot

extension Authority {
    /// Reads the host and port of a server to connect to; `nil` also if the address in brackets is no IPv6 address.
    init?(connectable text: Substring) {
        self.init(text)
        guard !host.contains(":") || IPAddress(host) != nil else { return nil }
    }
}
