internal import OrderedCollections

extension [Constraint] {
    /// The rules as keywords of JSON Schema, with their names in `x-rules`.
    ///
    /// What they say of the characters of a string becomes one pattern: generators of examples do badly with several.
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
            // Dashes stand inside of labels only, and a wildcard is the first of several.
            schema["pattern"] = #"^(\*\.)?[A-Za-z0-9]+(-+[A-Za-z0-9]+)*(\.[A-Za-z0-9]+(-+[A-Za-z0-9]+)*)*\.?$"#
        } else if let body {
            schema["pattern"] = .string(Self.pattern(body, first, last))
        }
        schema["x-rules"] = .array(map { .string($0.id) })
        return schema
    }

    /// Unicode's white space, inside a regular expression's brackets: `\s` is another set in each dialect.
    private static let space =
        #"\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"#

    /// A string of these characters that begins and ends with those; a single character is a beginning.
    private static func pattern(_ body: CharacterClass, _ first: CharacterClass?, _ last: CharacterClass?) -> String {
        let rest = last.map { "([\(body.pattern)]*[\($0.pattern)])?" } ?? "[\(body.pattern)]*"
        return "^" + (first.map { "[\($0.pattern)]" } ?? "") + rest + "$"
    }
}
