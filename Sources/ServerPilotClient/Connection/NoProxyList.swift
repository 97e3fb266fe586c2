/// The hosts that `NO_PROXY` exempts from the proxy.
///
/// Entries are separated by commas or white space: `*` for all; a host, which stands for itself and everything below
/// it, with or without a dot or `*.` before; an address; a block of addresses (`10.0.0.0/8`, `fd00::/8`). An entry
/// other than a block may end with a port and then counts for that port alone. No names are resolved: as with curl, a
/// block matches only a host that is written as an address.
struct NoProxyList {
    private enum Entry {
        case everything
        case name(String, port: Int?)
        case address(IPAddress, port: Int?)
        case block(IPAddress, bitCount: Int)
    }

    private let entries: [Entry]

    /// Reads the variable's value; entries that are none are passed over, as curl does.
    init(_ text: String) {
        entries = text.split(whereSeparator: { $0 == "," || $0.isWhitespace }).compactMap(Self.entry)
    }

    /// Whether the proxy is passed by.
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
        // An IPv6 address may stand without brackets, where its last group is no port.
        if let address = IPAddress(String(text)) { return .address(address, port: nil) }
        var text = text
        if text.hasPrefix("*.") { text = text.dropFirst() }
        if text.first == "." { text = text.dropFirst() }
        guard let authority = Authority(text) else { return nil }
        if let address = IPAddress(authority.host) { return .address(address, port: authority.port) }
        let name = authority.host.last == "." ? String(authority.host.dropLast()) : authority.host
        return name.isEmpty ? nil : .name(name, port: authority.port)
    }
}
