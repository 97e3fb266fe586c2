import CLuaBridge

/// A message for the process that runs Lua, in the format of `LuaProtocol.h`.
struct MessageWriter {
    private(set) var bytes: [UInt8] = []
    /// The last bytes of the message, which lie elsewhere and are not copied.
    private(set) var tail: UnsafeBufferPointer<UInt8>?

    /// Begins a message of a kind; the caller then appends its fields.
    mutating func begin(_ kind: Int) {
        bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity)
        tail = nil
        bytes.append(contentsOf: [0, 0, 0, 0, UInt8(truncatingIfNeeded: kind)])
    }

    /// The number of bytes of the message.
    var count: Int { bytes.count + (tail?.count ?? 0) }

    /// The bytes above which a buffer is freed after use.
    private static let keptCapacity = 1 << 20
    /// The bytes above which the last bytes are not copied.
    private static let copiedBytes = 64 << 10

    mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ handle: luabridge_handle) {
        append(handle.slot)
        append(handle.generation)
    }

    /// Appends the number of bytes, and the bytes.
    mutating func append(text: some Collection<UInt8>) {
        append(UInt32(clamping: text.count))
        bytes.append(contentsOf: text)
    }

    /// Begins a text that has fields of its own; returns its start for ``endText(from:)``.
    mutating func beginText() -> Int {
        append(UInt32(0))
        return bytes.count
    }

    /// Ends a text.
    mutating func endText(from start: Int) {
        write(UInt32(clamping: count - start), at: start - MemoryLayout<UInt32>.size)
    }

    private mutating func write(_ number: UInt32, at place: Int) {
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: number, toByteOffset: place, as: UInt32.self) }
    }

    /// Appends the last bytes of a message, without a count.
    mutating func append(rest: some Collection<UInt8>) { bytes.append(contentsOf: rest) }

    /// Appends the last bytes of a message, without a count; they stay in place until the message is sent.
    mutating func append(rest start: UnsafePointer<UInt8>?, count: Int) {
        let rest = UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
        if rest.count > Self.copiedBytes { tail = rest } else { bytes.append(contentsOf: rest) }
    }

    /// Writes the length of the message; returns `false` if the message is longer than the protocol allows.
    mutating func end() -> Bool {
        let count = count - MemoryLayout<UInt32>.size
        guard count <= Int(LUAPROTOCOL_MAXIMUM_MESSAGE) else { return false }
        write(UInt32(count), at: 0)
        return true
    }
}
