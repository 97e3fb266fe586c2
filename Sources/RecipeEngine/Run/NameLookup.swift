/// A service that looks up the addresses of names.
public protocol NameLookup: Sendable {
    /// Returns the IPv4 and IPv6 addresses of a name; empty if the name does not exist.
    ///
    /// - Parameter name: the name.
    /// - Returns: the addresses as text.
    /// - Throws: `NameLookupFailure` if no server answers.
    func addresses(of name: String) async throws(NameLookupFailure) -> [String]
}
