extension WebAddress {
    /// Whether a text is a valid `needs.http` entry: a host, or a host and its port.
    ///
    /// It must be spelled as in the address of a request. A host that resolvers read as a number must be a dotted IPv4
    /// address; `2130706433` and `0x7f.1` are refused.
    public static func isHost(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ $0 < 0x80 }), let address = try? WebAddress("https://\(text)/"),
            address.target == "/",
            [address.authority, "\(address.authority):443"].contains(text.lowercased())
        else { return false }
        guard !text.hasPrefix("[") else { return true }
        let labels = address.host.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
        }
        guard isName, let last = labels.last else { return false }
        let isNumber = last.allSatisfy(\.isNumber) || last.hasPrefix("0x")
        return !isNumber || (labels.count == 4 && labels.allSatisfy { UInt8($0).map { "\($0)" } == "\($0)" })
    }
}
