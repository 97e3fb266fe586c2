extension RepositoryURL {
    /// Ends of names that are given to hosts of a machine or a network of its own, and to none of the world.
    private static let insideDomains: Set<String> = [
        "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa",
    ]

    /// Whether it is on this machine or in its network, as far as the address tells; a bare address of a host counts as
    /// that, in whichever spelling.
    ///
    /// `127.1`, `2130706433`, `0x7f.1`, `0177.0.0.1` and `[::ffff:7f00:1]` are one host. There are too many such forms to
    /// tell by them which host is meant, and no recipe of the world needs a host without a name.
    package var isInside: Bool { scheme == "file" || Self.isInside(host) }

    private static func isInside(_ host: String) -> Bool {
        // One dot at the end, or several that a resolver takes for one, change nothing.
        let labels = host.split(separator: ".")
        guard !host.hasPrefix("["), labels.count > 1, let last = labels.last else { return true }
        return insideDomains.contains(String(last)) || isNumber(last)
    }

    /// Whether a resolver reads it as a number, so that the host is an address (as in the URL standard).
    private static func isNumber(_ label: Substring) -> Bool {
        let digits = label.hasPrefix("0x") ? label.dropFirst(2) : label
        return label.hasPrefix("0x")
            ? HexadecimalText.isHexadecimal(String(digits))
            : digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
