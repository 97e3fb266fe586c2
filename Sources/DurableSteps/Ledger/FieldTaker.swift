internal import Groundwork
internal import OrderedCollections

/// A reader that takes the fields of an object one by one, so that it notices those that nobody knows.
struct FieldTaker {
    private var object: JSONObject

    init(_ object: JSONObject) { self.object = object }

    /// Takes a field of any type; `nil` if it is missing.
    mutating func remove(_ name: String) -> JSONValue? { object.removeValue(forKey: name) }

    /// Takes a field of one type; `nil` if it is missing.
    ///
    /// - Throws: `EntryDamage` if it has another type.
    mutating func take<Value>(_ name: String, _ read: (JSONValue) -> Value?) throws(EntryDamage) -> Value? {
        guard let value = remove(name) else { return nil }
        guard let result = read(value) else { throw EntryDamage(name) }
        return result
    }

    mutating func value(_ name: String) throws(EntryDamage) -> JSONValue {
        guard let value = remove(name) else { throw EntryDamage(name) }
        return value
    }

    mutating func text(_ name: String) throws(EntryDamage) -> String {
        guard let text = try take(name, \.stringValue) else { throw EntryDamage(name) }
        return text
    }

    mutating func textOrNull(_ name: String) throws(EntryDamage) -> String? {
        takesNull(name) ? nil : try text(name)
    }

    private mutating func takesNull(_ name: String) -> Bool {
        guard object[name] == .null else { return false }
        object[name] = nil
        return true
    }

    mutating func integer(_ name: String) throws(EntryDamage) -> Int? {
        try take(name) { $0.integerValue.flatMap { Int(exactly: $0) } }
    }

    mutating func integerOrNull(_ name: String) throws(EntryDamage) -> Int? {
        if takesNull(name) { return nil }
        guard let number = try integer(name) else { throw EntryDamage(name) }
        return number
    }

    mutating func texts(_ name: String) throws(EntryDamage) -> [String] {
        guard let texts = try optionalTexts(name) else { throw EntryDamage(name) }
        return texts
    }

    mutating func optionalTexts(_ name: String) throws(EntryDamage) -> [String]? {
        try take(name) { value in
            guard let elements = value.arrayValue else { return nil }
            let texts = elements.compactMap(\.stringValue)
            return texts.count == elements.count ? texts : nil
        }
    }

    /// - Throws: `EntryDamage` if a field was not taken.
    func expectNothingLeft() throws(EntryDamage) {
        if let name = object.keys.first { throw EntryDamage(name) }
    }
}
