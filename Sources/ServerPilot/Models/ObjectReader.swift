package import Groundwork
internal import OrderedCollections

/// Removes members from a JSON object one by one, and keeps the rest.
package struct ObjectReader {
    private var members: JSONObject
    private let subject: String

    /// Creates a reader of an object.
    ///
    /// - Parameters:
    ///   - value: the object.
    ///   - subject: the name of the object, for messages.
    /// - Throws: `ServerPilotError` with the code `unreadableReply` if the value is not an object.
    package init(_ value: JSONValue, of subject: String) throws(ServerPilotError) {
        guard case .object(let members) = value else {
            throw Self.fault("the reply contains \(value.kindName) instead of \(subject)")
        }
        self.members = members
        self.subject = subject
    }

    /// The members that have not been read.
    package var rest: JSONObject { members }

    private static func fault(_ message: String) -> ServerPilotError {
        ServerPilotError(code: .unreadableReply, message: message, delivery: .ambiguous)
    }

    /// Reads and removes a member that may be missing or null.
    ///
    /// - Throws: `ServerPilotError` with the code `unreadableReply` if it has another type.
    mutating func optional<Value>(
        _ name: String, _ read: (JSONValue) throws(ServerPilotError) -> Value?
    ) throws(ServerPilotError) -> Value? {
        guard let value = members.removeValue(forKey: name), value != .null else { return nil }
        guard let result = try read(value) else {
            throw Self.fault("'\(name)' of \(subject) has the wrong type: \(value.kindName)")
        }
        return result
    }

    /// Reads and removes a required member.
    ///
    /// - Throws: `ServerPilotError` with the code `unreadableReply` if it is missing, null or of another type.
    mutating func required<Value>(
        _ name: String, _ read: (JSONValue) throws(ServerPilotError) -> Value?
    ) throws(ServerPilotError) -> Value {
        guard let value = try optional(name, read) else { throw Self.fault("\(subject) has no '\(name)'") }
        return value
    }
}

extension ObjectReader {
    mutating func string(_ name: String) throws(ServerPilotError) -> String {
        try required(name) { (value) throws(ServerPilotError) in value.stringValue }
    }

    mutating func boolean(_ name: String) throws(ServerPilotError) -> Bool {
        try required(name) { (value) throws(ServerPilotError) in value.boolValue }
    }

    mutating func strings(_ name: String) throws(ServerPilotError) -> [String] {
        try required(name) { (value) throws(ServerPilotError) in
            guard let elements = value.arrayValue else { return nil }
            let strings = elements.compactMap(\.stringValue)
            return strings.count == elements.count ? strings : nil
        }
    }

    mutating func timestamp(_ name: String) throws(ServerPilotError) -> Timestamp {
        try required(name) { (value) throws(ServerPilotError) in value.integerValue.map(Timestamp.init(epochSeconds:)) }
    }

    mutating func identifier<Subject>(_ name: String) throws(ServerPilotError) -> Identifier<Subject> {
        Identifier(try string(name))
    }
}
