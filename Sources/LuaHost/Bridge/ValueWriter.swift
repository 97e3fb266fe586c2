import CLuaBridge

/// Writes values for the bridge to decode, into memory that stays in place until the next write.
final class ValueWriter {
    /// The bytes above which memory is freed before the next write, so that a large value does not occupy it for good.
    private static let keptCapacity = 1 << 20

    private var storage: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0
    private let releases: ReleaseQueue
    private var depth = 0
    /// A value that was written by itself: its own bytes serve.
    private var alone: LuaEncodedValue?

    /// - Parameter releases: The queue of the host whose functions can be written.
    init(releases: ReleaseQueue) {
        self.releases = releases
        capacity = 256
        storage = .allocate(capacity: capacity)
    }

    deinit {
        storage.deallocate()
    }

    /// The written bytes; valid until the next ``write(_:)``.
    var start: UnsafePointer<UInt8> { alone?.listBytes.baseAddress ?? UnsafePointer(storage) }

    /// Points a reply at the written bytes.
    func expose(in reply: inout luabridge_reply) {
        reply.bytes = start
        reply.count = count
    }

    /// Writes a list: its count, then the values.
    ///
    /// - Throws: ``LuaValueError``; the written bytes are then incomplete.
    func write(_ values: [LuaValue]) throws(LuaValueError) {
        count = 0
        depth = 0
        alone = nil
        if values.count == 1, case .encoded(let value) = values[0] {
            alone = value
            count = value.listBytes.count
            return
        }
        if capacity > Self.keptCapacity { grow(to: 256) }
        append(try size(values.count))
        for value in values { try append(value) }
    }

    private func append(_ value: LuaValue) throws(LuaValueError) {
        switch value {
        case .nil: append(tag: LUABRIDGE_NIL)
        case .null: append(tag: LUABRIDGE_NULL)
        case .boolean(let value): append(tag: value ? LUABRIDGE_TRUE : LUABRIDGE_FALSE)
        case .integer(let value):
            append(tag: LUABRIDGE_INTEGER)
            append(value)
        case .number(let value):
            append(tag: LUABRIDGE_NUMBER)
            append(value.bitPattern)
        case .largeInteger(let digits):
            append(tag: LUABRIDGE_LARGE_INTEGER)
            try append(text: digits)
        case .string(let value):
            append(tag: LUABRIDGE_STRING)
            try append(text: value)
        case .table(let table):
            try append(table)
        case .function(let function):
            guard function.anchor.releases === releases else { throw .foreignFunction }
            append(tag: LUABRIDGE_FUNCTION)
            append(function.anchor.handle.slot)
            append(function.anchor.handle.generation)
        case .encoded(let value): append(UnsafeRawBufferPointer(value.bytes))
        }
    }

    private func append(_ table: LuaTable) throws(LuaValueError) {
        guard depth < Int(LUABRIDGE_DEPTH) else { throw .tooDeep(limit: Int(LUABRIDGE_DEPTH)) }
        depth += 1
        append(tag: table.form.map { $0 == .list ? LUABRIDGE_LIST : LUABRIDGE_OBJECT } ?? LUABRIDGE_TABLE)
        append(try size(table.array.count))
        append(try size(table.fields.count))
        append(try size(table.sparse.count))
        for value in table.array { try append(value) }
        for field in table.fields {
            try append(text: field.key)
            try append(field.value)
        }
        for item in table.sparse {
            append(item.key)
            try append(item.value)
        }
        depth -= 1
    }

    private func append(text: String) throws(LuaValueError) {
        var text = text
        append(try size(text.utf8.count))
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    private func append(tag: Int) {
        append(UInt8(truncatingIfNeeded: tag))
    }

    private func append<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number) { append($0) }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) {
        if count + bytes.count > capacity { grow(to: max(capacity * 2, count + bytes.count)) }
        if let source = bytes.baseAddress {
            UnsafeMutableRawPointer(storage + count).copyMemory(from: source, byteCount: bytes.count)
        }
        count += bytes.count
    }

    private func grow(to newCapacity: Int) {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: newCapacity)
        larger.update(from: storage, count: min(count, newCapacity))
        storage.deallocate()
        storage = larger
        capacity = newCapacity
    }

    private func size(_ count: Int) throws(LuaValueError) -> UInt32 {
        guard let exact = Int32(exactly: count) else { throw .tooLarge }
        return UInt32(exact)
    }
}
