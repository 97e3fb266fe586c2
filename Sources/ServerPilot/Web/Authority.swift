internal import Groundwork

/// The host and port of an address: the part between scheme and path.
package struct Authority: Hashable {
    /// The host in lower case; an IPv6 address without brackets.
    package let host: String
    /// The port; `nil` if the address has none.
    package let port: Int?

    /// The maximum length of a DNS name, in bytes (RFC 1035).
    private static let longestHost = 253

    /// Reads `host`, `host:port`, `[address]` or `[address]:port`; `nil` for any other text.
    ///
    /// It checks only the characters of an address in brackets.
    package init?(_ text: Substring) {
        let hostText: Substring
        let portText: Substring?
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            hostText = text[text.index(after: text.startIndex)..<end]
            let tail = text[text.index(after: end)...]
            guard tail.isEmpty || tail.first == ":" else { return nil }
            portText = tail.isEmpty ? nil : tail.dropFirst()
            guard hostText.contains(":"), hostText.utf8.allSatisfy(Self.isAddressByte) else { return nil }
        } else {
            let colon = text.firstIndex(of: ":")
            hostText = text[..<(colon ?? text.endIndex)]
            portText = colon.map { text[text.index(after: $0)...] }
            guard !hostText.isEmpty, hostText.utf8.count <= Self.longestHost, hostText.utf8.allSatisfy(\.isHostByte)
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
    private static func port(_ text: Substring) -> Int? {
        guard text.utf8.count <= 5, text.utf8.allSatisfy(\.isDigit), let number = Int(text),
            (1...65535).contains(number)
        else { return nil }
        return number
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        byte.hexadecimalValue != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }
}
