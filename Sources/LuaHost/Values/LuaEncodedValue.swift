/// A value in the form in which Lua reads it.
///
/// ``LuaValueEncoder`` makes it. Two of them are equal if their bytes are.
///
/// ```swift
/// var encoder = LuaValueEncoder(capacity: 64)
/// encoder.beginList()
/// encoder.append(integer: 1)
/// encoder.endList()
/// let value = encoder.finish()
/// print(value.byteCount, LuaValue.encoded(value).typeName)  // 22 encoded value
/// ```
public final class LuaEncodedValue: @unchecked Sendable, Hashable {
    // Unchecked: nothing writes to the memory after this object exists.
    private let storage: UnsafeMutableRawPointer
    private let count: Int

    /// Takes over memory.
    init(_ storage: UnsafeMutableRawPointer, count: Int) {
        self.storage = storage
        self.count = count
    }

    deinit { storage.deallocate() }

    /// The size of the value, in bytes.
    public var byteCount: Int { count - LuaValueEncoder.headBytes }

    /// The value as a list of one value, as ``ValueWriter`` writes it.
    var listBytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: storage.assumingMemoryBound(to: UInt8.self), count: count)
    }

    /// The value.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: listBytes[LuaValueEncoder.headBytes...]) }

    /// Compares the bytes.
    public static func == (one: LuaEncodedValue, other: LuaEncodedValue) -> Bool {
        one === other || one.listBytes.elementsEqual(other.listBytes)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes: UnsafeRawBufferPointer(listBytes)) }
}
