import CLuaBridge

/// Reads the fields of a message from the process that runs Lua.
///
/// A stranger may control the process, so reading past the end returns `nil`.
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

    /// Reads a count and that many bytes.
    mutating func text() -> UnsafeRawBufferPointer? {
        guard let count = number(UInt32.self), Int(count) <= bytes.count else { return nil }
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[Int(count)...]) }
        return UnsafeRawBufferPointer(rebasing: bytes[..<Int(count)])
    }

    /// The unread bytes.
    var rest: UnsafeRawBufferPointer { bytes }
}
