internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

/// Reads the body of a POST as an object, whatever its Content-Type, because ServerPilot's own examples omit the field
/// (documented).
struct RequestBody {
    private let bytes: [UInt8]
    private let contentType: String
    private let rules: RuleChoices

    init(_ request: WireRequest, _ rules: RuleChoices) {
        bytes = request.body
        contentType = request.headers[.contentType] ?? ""
        self.rules = rules
    }

    /// Returns the members of the body.
    ///
    /// - Throws: `Refusal`. Its message repeats the body, as ServerPilot's does (seen live), so that clients can be
    ///   tested against it.
    func members() throws(Refusal) -> JSONObject {
        if bytes.isEmpty {
            guard rules.keeps(.bodyIsGiven) else { return [:] }
            throw refusal(by: .bodyIsGiven)
        }
        if let value = try? JSONValue(bytes: bytes, repeated: repeated) { return try members(of: value) }
        if repeated == .refused, (try? JSONValue(bytes: bytes)) != nil { throw refusal(by: .lastMemberCounts) }
        if contentType.hasPrefix(Self.form) {
            guard rules.keeps(.bodyIsNoForm) else { return Self.form(bytes) }
            throw refusal(by: .bodyIsNoForm)
        }
        throw refusal(by: .bodyIsJSON)
    }

    private func members(of value: JSONValue) throws(Refusal) -> JSONObject {
        switch value {
        case .object(let members): return members
        case .null, .array([]):
            guard rules.keeps(.bodyIsObject) else { return [:] }
            throw refusal(by: .bodyIsObject)
        default: throw refusal(by: .bodyIsObject)
        }
    }

    private var repeated: RepeatedMembers { RepeatedMembers(rawValue: rules[.lastMemberCounts]) ?? .last }

    private func refusal(by behaviour: Behaviour) -> Refusal {
        Refusal(
            behaviour, by: rules, message: "Invalid JSON request: " + String(decoding: bytes, as: UTF8.self))
    }

    private static let form = "application/x-www-form-urlencoded"

    private static func form(_ bytes: [UInt8]) -> JSONObject {
        var members: JSONObject = [:]
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let words = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let texts = words.map(text)
            members[texts[0]] = .string(texts.count == 2 ? texts[1] : "")
        }
        return members
    }

    /// Decodes a word of a form: `+` is a space, and `%` precedes a byte in hexadecimal.
    private static func text(_ word: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        var rest = word
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count > 1, let escaped = HexadecimalText.bytes(rest.prefix(2)) {
                bytes += escaped
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
