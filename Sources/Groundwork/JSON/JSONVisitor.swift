/// Receives the parts of a JSON document in their order, without a value for the whole.
///
/// Texts are in UTF-8 without escapes, and valid only during the call.
package protocol JSONVisitor: ~Copyable {
    mutating func null()
    mutating func bool(_ value: Bool)
    mutating func integer(_ value: Int64)
    /// Receives an integer that does not fit 64 bits: its digits, with a sign if it is negative.
    mutating func largeInteger(_ digits: UnsafeBufferPointer<UInt8>)
    mutating func double(_ value: Double)
    mutating func string(_ text: UnsafeBufferPointer<UInt8>)
    mutating func beginArray()
    mutating func endArray()
    mutating func beginObject()
    /// Receives the name of the member whose value follows.
    mutating func name(_ text: UnsafeBufferPointer<UInt8>)
    mutating func endObject()
}
