/// A service that looks up the addresses of names.
///
/// ```swift
/// struct HostsFile: NameLookup {
///     let addresses: [String: [String]]
///
///     func addresses(of name: String) async throws(NameLookupFailure) -> [String] { addresses[name] ?? [] }
/// }
///
/// let surroundings = RecipeSurroundings(names: HostsFile(addresses: ["www1.example": ["192.0.2.7"]]))
/// ```
public protocol NameLookup: Sendable {
    /// Returns the IPv4 and IPv6 addresses of a name; empty if the name does not exist.
    ///
    /// - Parameter name: the name.
    /// - Returns: the addresses as text.
    /// - Throws: `NameLookupFailure` if no server answers.
    func addresses(of name: String) async throws(NameLookupFailure) -> [String]
}
