internal import Groundwork

extension RepositoryURL {
    /// Last labels of names that exist only within a machine or a private network.
    private static let insideDomains: Set<String> = [
        "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa",
    ]

    /// Whether the host is on this machine or in its network, as far as the address shows.
    ///
    /// A numeric address counts as such a host in every spelling. `127.1`, `2130706433`, `0x7f.1`, `0177.0.0.1` and
    /// `[::ffff:7f00:1]` are the same host. There are too many such forms to recognize the host by them, and no public
    /// recipe needs a host without a name.
    package var isInside: Bool { scheme == "file" || Self.isInside(host) }

    private static func isInside(_ host: String) -> Bool {
        // Dots at the end are ignored; a resolver treats several of them as one.
        let labels = host.split(separator: ".")
        guard !host.hasPrefix("["), labels.count > 1, let last = labels.last else { return true }
        return insideDomains.contains(String(last)) || isNumber(last)
    }

    /// Whether a resolver parses the label as a number, so that the host is an address (as in the URL standard).
    private static func isNumber(_ label: Substring) -> Bool {
        let digits = label.hasPrefix("0x") ? label.dropFirst(2) : label
        return label.hasPrefix("0x")
            ? HexadecimalText.isHexadecimal(digits)
            : digits.utf8.allSatisfy(\.isDigit)
    }
}
