/// The host and port of an address: the part between scheme and path.
struct Authority: Hashable {
    /// The host in lower case; an IPv6 address without brackets.
    let host: String
    /// The port; `nil` if the address has none.
    let port: Int?

    /// The maximum length of a DNS name, in bytes (RFC 1035).
    private static let longestHost = 253

    /// Reads `host`, `host:port`, `[address]` or `[address]:port`; `nil` for any other text.
    init?(_ text: Substring) {
        let hostText: Substring
        let portText: Substring?
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            hostText = text[text.index(after: text.startIndex)..<end]
            let tail = text[text.index(after: end)...]
            guard tail.isEmpty || tail.first == ":" else { return nil }
            portText = tail.isEmpty ? nil : tail.dropFirst()
            guard hostText.contains(":"), IPAddress(String(hostText)) != nil else { return nil }
        } else {
            let colon = text.firstIndex(of: ":")
            hostText = text[..<(colon ?? text.endIndex)]
            portText = colon.map { text[text.index(after: $0)...] }
            guard !hostText.isEmpty, hostText.utf8.count <= Self.longestHost, hostText.utf8.allSatisfy(Self.isHostByte)
            else { return nil }
        }
        host = hostText.lowercased()
        guard let portText else {
            port = nil
            return
        }
        guard let number = Self.port(portText) else { return nil }
        port = number
    }

    /// Reads a port from 1 to 65535 written in digits.
    static func port(_ text: Substring) -> Int? {
        guard text.utf8.count <= 5, text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let number = Int(text), (1...65535).contains(number)
        else { return nil }
        return number
    }

    /// Whether a host name may contain the byte: letters, digits, `.`, `-` and `_`.
    static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
