/// A path with variables: `/sysusers/:id/sshkeys/:sshkey_id`.
package struct PathTemplate: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// One part of the path, between slashes.
    package enum Segment: Hashable, Sendable {
        /// A fixed word.
        case word(String)
        /// A variable, with its name.
        case variable(String)
    }

    /// The parts in order.
    package let segments: [Segment]

    /// Reads a template; a part that begins with a colon is a variable.
    package init(stringLiteral value: String) {
        segments = value.split(separator: "/").map {
            $0.first == ":" ? .variable(String($0.dropFirst())) : .word(String($0))
        }
    }

    /// The template in its original form.
    package var description: String {
        segments.map { segment in
            switch segment {
            case .word(let word): "/" + word
            case .variable(let name): "/:" + name
            }
        }.joined()
    }

    /// Returns the path with its variables replaced; `nil` if a value is missing or has an invalid character.
    ///
    /// Values are ids of `CharacterClass.identifier`, so nothing needs escaping. A `/` or `?` in a value would address
    /// another resource.
    package func path(_ values: [String: String]) -> String? {
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

    /// Returns the values of the variables if the parts match the template, else `nil`.
    package func match(_ parts: [Substring]) -> [String: String]? {
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
