internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Checks for values that cannot be domains, such as URLs or text with spaces.
///
/// No document names the characters that ServerPilot accepts, so ServerPilot judges all other values itself.
enum DomainWords {
    private static let foreign = Set("/\\:@?#%,;\"'<>()[]{}|".unicodeScalars)

    /// Returns a problem for each element of `domains` that cannot be a domain.
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
