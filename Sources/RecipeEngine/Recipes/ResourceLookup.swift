package import Groundwork
package import ServerPilot

/// The lookup of a resource by its id, its name, or `SERVER/NAME`.
package struct ResourceLookup {
    /// The kind of resource.
    let kind: ResourceKind

    package init(_ kind: ResourceKind) { self.kind = kind }

    /// The outcome of a lookup.
    package enum Outcome {
        case found(JSONValue)
        /// Nothing was found, or too much; the problem in words.
        case problem(String)
        /// The word names a server, or several servers have such a resource, and no servers were passed.
        case needsServers
    }

    /// The maximum number of names listed if none is similar.
    private static let shownNames = 5

    /// Finds a resource.
    ///
    /// - Parameters:
    ///   - word: The id, the name, or `SERVER/NAME`.
    ///   - things: All resources of the kind, as the API returns them.
    ///   - servers: All servers; `nil` if they were not read yet, because few lookups need them.
    /// - Returns: The outcome.
    package func find(_ word: String, among things: [JSONValue], servers: [JSONValue]?) -> Outcome {
        var word = word
        if let thing = things.first(where: { $0["id"]?.stringValue == word }) { return .found(thing) }
        var serverID: String?
        if kind != .server, let slash = word.firstIndex(of: "/") {
            guard let servers else { return .needsServers }
            let name = String(word[..<slash])
            let server = servers.first { $0["name"]?.stringValue == name || $0["id"]?.stringValue == name }
            guard let server else {
                return .problem("no server is named '\(name.shown)'" + Self.nearest(name, servers))
            }
            serverID = server["id"]?.stringValue
            word = String(word[word.index(after: slash)...])
        }
        let among = things.filter { serverID == nil || $0["serverid"]?.stringValue == serverID }
        let matches = among.filter { $0["name"]?.stringValue == word }
        if matches.count == 1 { return .found(matches[0]) }
        guard matches.isEmpty else {
            guard let servers else { return .needsServers }
            let names = matches.map { match in
                let server = servers.first { $0["id"] == match["serverid"] }?["name"]?.stringValue
                return server.map { "\($0)/\(word)" } ?? match["id"]?.stringValue ?? "?"
            }
            return .problem(
                "several resources are named '\(word.shown)'; write \(names.sorted().joined(separator: " or "))")
        }
        return .problem("no \(kind.spokenName) is named '\(word.shown)'" + Self.nearest(word, among))
    }

    private static func nearest(_ word: String, _ things: [JSONValue]) -> String {
        let names = things.compactMap { $0["name"]?.stringValue }
        if let nearest = names.nearest(to: word) { return "; did you mean '\(nearest)'?" }
        guard !names.isEmpty else { return "; the account has none" }
        let more = names.count > shownNames ? ", …" : ""
        return " (known: \(names.prefix(shownNames).joined(separator: ", "))\(more))"
    }
}
