/// A path with variables: `/sysusers/:id/sshkeys/:sshkey_id`.
public struct PathTemplate: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// One part of the path between slashes.
    public enum Segment: Hashable, Sendable {
        /// A fixed word.
        case word(String)
        /// A variable, by its name.
        case variable(String)
    }

    /// The parts in order.
    public let segments: [Segment]

    /// Reads a template; a part that begins with a colon is a variable.
    public init(stringLiteral value: String) {
        segments = value.split(separator: "/").map {
            $0.first == ":" ? .variable(String($0.dropFirst())) : .word(String($0))
        }
    }

    /// The template as it was written.
    public var description: String {
        segments.map { segment in
            switch segment {
            case .word(let word): "/" + word
            case .variable(let name): "/:" + name
            }
        }.joined()
    }

    /// The path with the variables filled in; `nil` when one is missing.
    ///
    /// The values are ids that keep to `CharacterClass.identifier`, so nothing has to be escaped; a value with any
    /// other character is refused, since a `/` or `?` in it would address something else.
    public func path(_ values: [String: String]) -> String? {
        var path = ""
        for segment in segments {
            switch segment {
            case .word(let word): path += "/" + word
            case .variable(let name):
                guard let value = values[name], !value.isEmpty,
                    value.unicodeScalars.allSatisfy(CharacterClass.identifier.contains)
                else { return nil }
                path += "/" + value
            }
        }
        return path
    }

    /// The values of the variables when the path is one of this template, else `nil`.
    public func match(_ parts: [Substring]) -> [String: String]? {
        guard parts.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (segment, part) in zip(segments, parts) {
            switch segment {
            case .word(let word):
                guard part == word else { return nil }
            case .variable(let name): values[name] = String(part)
            }
        }
        return values
    }
}
