package import Groundwork
package import LuaHost

extension LuaValue {
    /// Creates the Lua value of a list that is still text, straight from the text.
    ///
    /// It is the same value as that of `init(_: JSONValue)`.
    package init(_ list: JSONListText) {
        var visitor = EncodingVisitor(capacity: list.byteCount)
        list.visit(&visitor)
        self = .encoded(visitor.encoder.finish())
    }
}

/// Encodes JSON for Lua: a null is `nil` in an object, and `sp.null` in a list.
private struct EncodingVisitor: JSONVisitor, ~Copyable {
    var encoder: LuaValueEncoder
    /// Whether each open value is a list.
    private var lists: [Bool] = []

    init(capacity: Int) { encoder = LuaValueEncoder(capacity: capacity) }

    mutating func null() { if lists.last == true { encoder.appendNull() } else { encoder.appendNil() } }
    mutating func bool(_ value: Bool) { encoder.append(value) }
    mutating func integer(_ value: Int64) { encoder.append(integer: value) }
    mutating func largeInteger(_ digits: UnsafeBufferPointer<UInt8>) { encoder.append(digits: digits) }
    mutating func double(_ value: Double) { encoder.append(number: value) }
    mutating func string(_ text: UnsafeBufferPointer<UInt8>) { encoder.append(text: text) }

    mutating func beginArray() {
        encoder.beginList()
        lists.append(true)
    }

    mutating func endArray() {
        encoder.endList()
        lists.removeLast()
    }

    mutating func beginObject() {
        encoder.beginObject()
        lists.append(false)
    }

    mutating func name(_ text: UnsafeBufferPointer<UInt8>) { encoder.key(text) }

    mutating func endObject() {
        encoder.endObject()
        lists.removeLast()
    }
}
