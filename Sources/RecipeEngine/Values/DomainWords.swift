internal import OrderedCollections
internal import ServerPilot

/// Domains that cannot be meant: with spaces in them, or whole addresses.
///
/// Which characters ServerPilot takes is only inferred, and is left to it. These are no domains, whoever judges.
enum DomainWords {
    private static let foreign = Set("/\\:@?#%,;\"'<>()[]{}|".unicodeScalars)

    /// The problems of the elements of `domains`, by their places.
    static func problems(in arguments: JSONObject) -> [ArgumentProblem] {
        (arguments["domains"]?.arrayValue ?? []).enumerated().compactMap { index, value in
            let isWord = value.stringValue?.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && !foreign.contains($0) && $0.properties.generalCategory != .control
            }
            guard isWord == false else { return nil }
            return ArgumentProblem(
                argument: "domains[\(index + 1)]",
                kind: .broken(demand: "be a domain such as acme.example", by: "domain-characters", .inferred))
        }
    }
}
