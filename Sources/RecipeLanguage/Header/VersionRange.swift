internal import Groundwork

/// A range of versions: `>=0.1`, or several bounds that must all hold, such as `>=0.1 <2`.
package struct VersionRange: Sendable {
    private let bounds: [(relation: String, version: VersionNumber)]

    /// Parses a range; `nil` if the text is not a range.
    package init?(_ text: String) {
        var bounds: [(String, VersionNumber)] = []
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
            let relation = word.prefix { "<>=".contains($0) }
            guard ["", "=", "<", "<=", ">", ">="].contains(relation),
                let version = VersionNumber(word.dropFirst(relation.count))
            else { return nil }
            bounds.append((String(relation), version))
        }
        guard !bounds.isEmpty else { return nil }
        self.bounds = bounds
    }

    /// Returns whether a version is in the range.
    package func contains(_ version: VersionNumber) -> Bool {
        bounds.allSatisfy { bound in
            switch bound.relation {
            case "<": version < bound.version
            case "<=": version <= bound.version
            case ">": version > bound.version
            case ">=": version >= bound.version
            default: version == bound.version
            }
        }
    }
}
