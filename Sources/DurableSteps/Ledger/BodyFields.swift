internal import Groundwork
internal import OrderedCollections

/// The fields of an object of the journal, in either direction.
///
/// One description of an object serves to write and to read it. Each call takes the value to write, and returns the
/// value that was written or read. A read takes its field out, so that the fields that no description knows remain.
/// Writing never fails.
struct BodyFields {
    /// The fields written so far, or those that are not read yet.
    private(set) var object: JSONObject
    private let reads: Bool

    /// Starts an empty object, to write it.
    init() { (object, reads) = ([:], false) }

    /// Starts with the fields of an object, to read it.
    init(reading object: JSONObject) { (self.object, reads) = (object, true) }

    /// Writes or reads a field that is left out if it has no value.
    ///
    /// - Throws: `EntryDamage` if it has another form.
    mutating func optional<Value: BodyField>(_ name: String, _ value: Value?) throws(EntryDamage) -> Value? {
        guard reads else {
            object[name] = value?.written
            return value
        }
        guard let found = object.removeValue(forKey: name) else { return nil }
        guard let result = Value.read(found) else { throw EntryDamage(name) }
        return result
    }

    /// Writes or reads a field that always has a value.
    mutating func required<Value: BodyField>(_ name: String, _ value: Value?) throws(EntryDamage) -> Value {
        guard let result = try optional(name, value) else { throw EntryDamage(name) }
        return result
    }

    /// Writes or reads a field that is null if it has no value.
    mutating func nullable<Value: BodyField>(_ name: String, _ value: Value?) throws(EntryDamage) -> Value? {
        if reads ? object[name] == .null : value == nil {
            object[name] = reads ? nil : .null
            return nil
        }
        return try required(name, value)
    }

    /// Writes an object if `isGiven`, or reads it if it is there.
    mutating func inner<Value>(
        _ name: String, isGiven: Bool, _ body: (inout BodyFields) throws(EntryDamage) -> Value
    ) throws(EntryDamage) -> Value? {
        guard reads ? object[name] != nil : isGiven else { return nil }
        var fields = reads ? BodyFields(reading: try required(name, JSONObject?.none)) : BodyFields()
        let value = try body(&fields)
        if reads { try fields.expectNothingLeft() } else { object[name] = .object(fields.object) }
        return value
    }

    /// Whether an object that is read has a field.
    func has(_ name: String) -> Bool { reads && object[name] != nil }

    /// Refuses fields that were not read.
    func expectNothingLeft() throws(EntryDamage) {
        if let name = object.keys.first { throw EntryDamage(name) }
    }
}

/// A value that a field can have.
protocol BodyField {
    /// Returns the value of a field; `nil` if the field has another form.
    static func read(_ field: JSONValue) -> Self?
    var written: JSONValue { get }
}

extension BodyField where Self: RawRepresentable<String> {
    static func read(_ field: JSONValue) -> Self? { field.stringValue.flatMap(Self.init) }
    var written: JSONValue { .string(rawValue) }
}

extension Entry.Outcome.Origin: BodyField {}
extension Entry.Stop.Choice: BodyField {}
extension Delivery: BodyField {}

extension JSONValue: BodyField {
    static func read(_ field: JSONValue) -> JSONValue? { field }
    var written: JSONValue { self }
}

extension OrderedDictionary: BodyField where Key == String, Value == JSONValue {
    static func read(_ field: JSONValue) -> JSONObject? { field.objectValue }
    var written: JSONValue { .object(self) }
}

extension String: BodyField {
    static func read(_ field: JSONValue) -> String? { field.stringValue }
    var written: JSONValue { .string(self) }
}

extension Bool: BodyField {
    static func read(_ field: JSONValue) -> Bool? { field.boolValue }
    var written: JSONValue { .bool(self) }
}

extension Int: BodyField {
    static func read(_ field: JSONValue) -> Int? { field.integerValue.flatMap { Int(exactly: $0) } }
    var written: JSONValue { .integer(Int64(self)) }
}

extension Array: BodyField where Element: BodyField {
    static func read(_ field: JSONValue) -> [Element]? {
        let elements = field.arrayValue?.compactMap(Element.read)
        return elements?.count == field.arrayValue?.count ? elements : nil
    }
    var written: JSONValue { .array(map(\.written)) }
}
