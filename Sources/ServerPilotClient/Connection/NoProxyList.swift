internal import ServerPilot

/// The hosts that `NO_PROXY` exempts from the proxy.
///
/// Commas or white space separate the entries. An entry is `*` for all hosts, a host, an address, or a block of
/// addresses (`10.0.0.0/8`, `fd00::/8`). A host, with or without a leading dot or `*.`, includes all its subdomains.
/// Entries other than blocks may end with a port, and then apply only to that port. Names are not resolved: as with
/// curl, a block matches only a host that is written as an address.
struct NoProxyList {
    private enum Entry {
        case everything
        case name(String, port: Int?)
        case address(IPAddress, port: Int?)
        case block(IPAddress, bitCount: Int)
    }

    private let entries: [Entry]

    /// Reads the value of the variable; invalid entries are skipped, as in curl.
    init(_ text: String) {
        entries = text.split(whereSeparator: { $0 == "," || $0.isWhitespace }).compactMap(Self.entry)
    }

    /// Whether requests to a host and port bypass the proxy.
    func contains(host: String, port: Int) -> Bool {
        let host = host.last == "." ? String(host.dropLast()) : host
        let address = IPAddress(host)
        return entries.contains { entry in
            switch entry {
            case .everything: true
            case .name(let name, let entryPort):
                address == nil && (entryPort ?? port) == port && (host == name || host.hasSuffix("." + name))
            case .address(let exempt, let entryPort): address == exempt && (entryPort ?? port) == port
            case .block(let block, let bitCount): address?.shares(bitCount, with: block) ?? false
            }
        }
    }

    private static func entry(_ text: Substring) -> Entry? {
        if text == "*" { return .everything }
        if let slash = text.firstIndex(of: "/") {
            guard let block = IPAddress(String(text[..<slash])), let bitCount = Int(text[text.index(after: slash)...]),
                (0...block.bytes.count * 8).contains(bitCount)
            else { return nil }
            return .block(block, bitCount: bitCount)
        }
        // An IPv6 address may have no brackets; its last group is not a port.
        if let address = IPAddress(String(text)) { return .address(address, port: nil) }
        var text = text
        if text.hasPrefix("*.") { text = text.dropFirst() }
        if text.first == "." { text = text.dropFirst() }
        guard let authority = Authority(connectable: text) else { return nil }
        if let address = IPAddress(authority.host) { return .address(address, port: authority.port) }
        let name = authority.host.last == "." ? String(authority.host.dropLast()) : authority.host
        return name.isEmpty ? nil : .name(name, port: authority.port)
    }
}
