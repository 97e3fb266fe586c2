internal import Groundwork
internal import OrderedCollections

extension [Constraint] {
    /// The rules as JSON Schema keywords, with their ids in `x-rules`.
    ///
    /// All rules about the characters of a string become one pattern: example generators handle several patterns badly.
    var schema: JSONObject {
        guard !isEmpty else { return [:] }
        var schema: JSONObject = [:]
        var body: CharacterClass?
        var first: CharacterClass?
        var last: CharacterClass?
        var labels = false
        for constraint in self {
            switch constraint.kind {
            case .length(let range):
                schema["minLength"] = .integer(Int64(range.lowerBound))
                schema["maxLength"] = .integer(Int64(range.upperBound))
            case .characters(let set): body = set
            case .firstCharacter(let set): first = set
            case .lastCharacter(let set): last = set
            case .noOuterWhiteSpace: schema["pattern"] = .string("^[^\(Self.space)]([\\s\\S]*[^\(Self.space)])?$")
            case .firstWord(let words): schema["pattern"] = .string("^(\(words.joined(separator: "|"))) ")
            case .pem(let content): schema["pattern"] = .string(content.pattern)
            case .count(let most): schema["maxItems"] = .integer(Int64(most))
            case .equals(let value): schema["const"] = .bool(value)
            case .noneOf(let words): schema["not"] = ["enum": .array(words.map { .string($0) })]
            case .domainLabels: labels = true
            case .publicKey, .wholePEM: continue
            }
        }
        if labels {
            // Dashes are allowed only inside labels. A wildcard must be the first of several labels.
            schema["pattern"] = #"^(\*\.)?[A-Za-z0-9]+(-+[A-Za-z0-9]+)*(\.[A-Za-z0-9]+(-+[A-Za-z0-9]+)*)*\.?$"#
        } else if let body {
            schema["pattern"] = .string(Self.pattern(body, first, last))
        }
        schema["x-rules"] = .array(map { .string($0.id) })
        return schema
    }

    /// Unicode's white space for the brackets of a regular expression: `\s` differs between dialects.
    private static let space =
        #"\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"#

    /// Returns a pattern for strings of `body` characters that begin with `first` and end with `last`.
    ///
    /// A single character only has to match `first`.
    private static func pattern(_ body: CharacterClass, _ first: CharacterClass?, _ last: CharacterClass?) -> String {
        let rest = last.map { "([\(body.pattern)]*[\($0.pattern)])?" } ?? "[\(body.pattern)]*"
        return "^" + (first.map { "[\($0.pattern)]" } ?? "") + rest + "$"
    }
}
