internal import OrderedCollections

/// The places of secrets in a value, such as `sites[2].password`.
///
/// Indices begin at 1. The path of the value itself is empty. The paths are for reading: they hold no secrets, long
/// names and long paths are shortened, and two places can have the same path.
package struct SecretPlaces: Sendable, Equatable {
    /// The paths of the first `mostPaths` places.
    package private(set) var paths: [String] = []
    /// The number of all places.
    package private(set) var count = 0

    /// The largest number of paths that are kept.
    package static let mostPaths = 100
    /// The longest path, in bytes.
    package static let longestPath = 200
    /// The longest name within a path, in bytes.
    private static let longestName = 100

    /// A place in a value: the way to it from the value itself.
    package struct Path: Sendable {
        private var steps: [String] = []

        /// The value itself.
        package init() {}

        /// Returns the path of the element at an index, which counts from 0.
        package func element(_ index: Int) -> Path { below("[\(index + 1)]") }

        /// Returns the path of a member.
        ///
        /// - Parameter name: The name, already redacted, so that shortening it shows no part of a secret.
        /// - Returns: The path.
        package func member(_ name: String) -> Path {
            below((steps.isEmpty ? "" : ".") + SecretPlaces.shortened(name, to: SecretPlaces.longestName))
        }

        private func below(_ step: String) -> Path {
            var path = self
            path.steps.append(step)
            return path
        }

        /// Returns the path as text.
        ///
        /// The whole path is redacted too: its names can form a secret together.
        fileprivate func text(_ redactor: Redactor) -> String {
            SecretPlaces.shortened(redactor.redact(steps.joined()), to: SecretPlaces.longestPath)
        }
    }

    /// Creates an empty list.
    package init() {}

    /// Adds a place.
    package mutating func add(_ path: Path, redactedBy redactor: Redactor) {
        count += 1
        if paths.count < Self.mostPaths { paths.append(path.text(redactor)) }
    }

    /// Returns the beginning and the end of a text, which must hold no secrets, in at most so many bytes.
    package static func shortened(_ text: String, to limit: Int = longestPath) -> String {
        guard text.utf8.count > limit else { return text }
        let mark = "…"
        let half = (limit - mark.utf8.count) / 2
        var (start, end) = (
            text.utf8.index(text.startIndex, offsetBy: half), text.utf8.index(text.endIndex, offsetBy: -half)
        )
        // Cut between characters: a part of one would become another.
        while start > text.startIndex, start.samePosition(in: text.unicodeScalars) == nil {
            start = text.utf8.index(before: start)
        }
        while end < text.endIndex, end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(after: end)
        }
        return "\(text[..<start])\(mark)\(text[end...])"
    }
}

extension Redactor {
    /// Returns the places of strings and of member names in a value that would be redacted.
    package func places(in value: JSONValue) -> SecretPlaces {
        var places = SecretPlaces()
        find(in: value, at: SecretPlaces.Path(), &places)
        return places
    }

    private func find(in value: JSONValue, at path: SecretPlaces.Path, _ places: inout SecretPlaces) {
        switch value {
        case .string(let text):
            if redact(text) != text { places.add(path, redactedBy: self) }
        case .array(let elements):
            for (index, element) in elements.enumerated() { find(in: element, at: path.element(index), &places) }
        case .object(let members):
            for (name, member) in members {
                let shown = redact(name)
                let path = path.member(shown)
                // A string below such a name would have the same path.
                guard shown != name else {
                    find(in: member, at: path, &places)
                    continue
                }
                places.add(path, redactedBy: self)
                if member.stringValue == nil { find(in: member, at: path, &places) }
            }
        default: break
        }
    }
}
