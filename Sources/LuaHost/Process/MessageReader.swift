import CLuaBridge

/// The fields of a message from the process that runs Lua, which may be anybody's: `nil` past the end.
struct MessageReader {
    private var bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func number<Number: BitwiseCopyable & FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
        let size = MemoryLayout<Number>.size
        guard bytes.count >= size else { return nil }
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[size...]) }
        return bytes.loadUnaligned(as: type)
    }

    mutating func handle() -> luabridge_handle? {
        guard let slot = number(UInt32.self), let generation = number(UInt32.self) else { return nil }
        return luabridge_handle(slot: slot, generation: generation)
    }

    /// A count and so many bytes.
    mutating func text() -> UnsafeRawBufferPointer? {
        guard let count = number(UInt32.self), Int(count) <= bytes.count else { return nil }
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[Int(count)...]) }
        return UnsafeRawBufferPointer(rebasing: bytes[..<Int(count)])
    }

    /// All that is left.
    var rest: UnsafeRawBufferPointer { bytes }
}
