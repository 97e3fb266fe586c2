import CLuaBridge

/// Encodes one value for Lua part by part, without a ``LuaValue`` for each part.
///
/// Objects in a list share their keys: a key is sent once, and Lua looks it up once. Texts are UTF-8. Each `begin` needs
/// its `end`, and each key its value: a missing one is a fault of the program, which ends.
///
/// ```swift
/// var encoder = LuaValueEncoder(capacity: 1 << 10)
/// encoder.beginList()
/// for name in ["shop", "blog"] {
///     encoder.beginObject()
///     for (key, value) in [("name", name), ("runtime", "php8.4")] {
///         encoder.key(Array(key.utf8))
///         encoder.append(text: Array(value.utf8))
///     }
///     encoder.endObject()
/// }
/// encoder.endList()
/// let value = LuaValue.encoded(encoder.finish())  // { { name = "shop", … }, { name = "blog", … } }
/// ```
public struct LuaValueEncoder: ~Copyable {
    /// The bytes before the value: the number of values.
    static let headBytes = MemoryLayout<UInt32>.size

    private var storage: UnsafeMutableRawPointer
    private var capacity: Int
    private var count = 0
    /// The open lists and objects: where their count is, and their numbers of values and keys so far; the place is
    /// -1 for a row.
    private var open: [(place: Int, items: UInt32, keys: UInt32)] = []
    /// The keys of the current rows of the outermost list.
    private var keys: [[UInt8]] = []
    /// The row that is being written: its start, the number of its keys so far, and its keys if they are others.
    private var row = (start: 0, keys: 0, others: [[UInt8]]?.none)

    /// Creates an encoder.
    ///
    /// - Parameter capacity: the expected number of bytes; memory that is not written to costs nothing.
    public init(capacity: Int) {
        self.capacity = max(capacity, 256)
        storage = .allocate(byteCount: self.capacity, alignment: 1)
        append(UInt32(1))
    }

    deinit { storage.deallocate() }

    /// Returns the value, and begins another one.
    public mutating func finish() -> LuaEncodedValue {
        precondition(open.isEmpty, "a list or an object was not ended")
        let value = LuaEncodedValue(storage, count: count)
        capacity = 256
        storage = .allocate(byteCount: capacity, alignment: 1)
        (count, open, keys) = (0, [], [])
        append(UInt32(1))
        return value
    }

    // MARK: - Values

    /// Appends `nil`; the member then does not exist.
    public mutating func appendNil() { begin(LUABRIDGE_NIL) }

    /// Appends the JSON null of ``LuaValue/null``.
    public mutating func appendNull() { begin(LUABRIDGE_NULL) }

    /// Appends a boolean.
    public mutating func append(_ value: Bool) { begin(value ? LUABRIDGE_TRUE : LUABRIDGE_FALSE) }

    /// Appends an integer.
    public mutating func append(integer value: Int64) {
        begin(LUABRIDGE_INTEGER)
        append(value)
    }

    /// Appends a float.
    public mutating func append(number value: Double) {
        begin(LUABRIDGE_NUMBER)
        append(value.bitPattern)
    }

    /// Appends an integer that does not fit 64 bits: its digits, with a sign if it is negative.
    public mutating func append(digits: UnsafeBufferPointer<UInt8>) {
        begin(LUABRIDGE_LARGE_INTEGER)
        append(counted: digits)
    }

    /// Appends a string.
    public mutating func append(text: UnsafeBufferPointer<UInt8>) {
        guard text.count <= UInt8.max else {
            begin(LUABRIDGE_STRING)
            return append(counted: text)
        }
        begin(LUABRIDGE_SHORT_STRING)
        append(UInt8(truncatingIfNeeded: text.count))
        append(UnsafeRawBufferPointer(text))
    }

    /// Appends a string.
    public mutating func append(text: [UInt8]) { text.withUnsafeBufferPointer { append(text: $0) } }

    // MARK: - Lists and objects

    /// Begins a list; its items follow.
    public mutating func beginList() {
        begin(LUABRIDGE_LIST)
        open.append((count, 0, 0))
        for _ in 0..<3 { append(UInt32(0)) }
    }

    /// Ends a list.
    public mutating func endList() {
        guard let list = open.popLast(), list.place >= 0 else { return }
        write(list.items, at: list.place)
    }

    /// Begins an object; its members follow: the key, then the value.
    public mutating func beginObject() {
        guard open.count == 1, isList else {
            begin(LUABRIDGE_OBJECT)
            open.append((count + MemoryLayout<UInt32>.size, 0, 0))
            for _ in 0..<3 { append(UInt32(0)) }
            return
        }
        row = (count, 0, nil)
        begin(LUABRIDGE_ROW)
        open.append((-1, 0, 0))
    }

    /// Appends the key of the member whose value follows.
    public mutating func key(_ text: UnsafeBufferPointer<UInt8>) {
        precondition(open.last.map { $0.items == $0.keys } ?? false, "a key needs an object and a value")
        let last = open[open.count - 1]
        open[open.count - 1].keys += 1
        guard last.place < 0 else { return append(counted: text) }
        if row.others == nil, row.keys < keys.count, Self.isEqual(keys[row.keys], text) {
            row.keys += 1
        } else {
            if row.others == nil { row.others = Array(keys.prefix(row.keys)) }
            row.others?.append(Array(text))
            row.keys += 1
        }
    }

    private static func isEqual(_ key: [UInt8], _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard key.count == text.count else { return false }
        return key.withUnsafeBufferPointer { key in
            for index in key.indices where key[index] != text[index] { return false }
            return true
        }
    }

    /// Appends the key of the member whose value follows.
    public mutating func key(_ text: [UInt8]) { text.withUnsafeBufferPointer { key($0) } }

    /// Ends an object.
    public mutating func endObject() {
        guard let object = open.popLast() else { return }
        precondition(object.items == object.keys, "a key needs a value")
        guard object.place < 0 else { return write(object.items, at: object.place) }
        if row.keys == 0 {
            // Without keys its form has to be sent.
            count = row.start
            append(UInt8(truncatingIfNeeded: LUABRIDGE_OBJECT))
            for _ in 0..<3 { append(UInt32(0)) }
        } else if let others = row.others ?? (row.keys < keys.count ? Array(keys.prefix(row.keys)) : nil) {
            insertKeys(others)
        }
    }

    /// Inserts the keys of a row in front of it.
    private mutating func insertKeys(_ others: [[UInt8]]) {
        keys = others
        let (start, end) = (row.start, count)
        append(UInt8(truncatingIfNeeded: LUABRIDGE_KEYS))
        append(UInt32(clamping: keys.count))
        for key in keys { key.withUnsafeBufferPointer { append(counted: $0) } }
        // The keys are behind the row now: exchange the two.
        let block = Array(UnsafeRawBufferPointer(start: storage + end, count: count - end))
        (storage + start + block.count).copyMemory(from: storage + start, byteCount: end - start)
        UnsafeMutableRawBufferPointer(start: storage + start, count: block.count).copyBytes(from: block)
    }

    /// Whether the innermost open value is a list.
    private var isList: Bool {
        guard let last = open.last, last.place >= 0 else { return false }
        return storage.load(fromByteOffset: last.place - 1, as: UInt8.self) == UInt8(truncatingIfNeeded: LUABRIDGE_LIST)
    }

    // MARK: - Bytes

    /// Begins a value: counts it, and appends its tag.
    private mutating func begin(_ tag: Int) {
        if !open.isEmpty { open[open.count - 1].items += 1 }
        append(UInt8(truncatingIfNeeded: tag))
    }

    private mutating func append(counted text: UnsafeBufferPointer<UInt8>) {
        append(UInt32(clamping: text.count))
        append(UnsafeRawBufferPointer(text))
    }

    private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        let size = MemoryLayout<Number>.size
        reserve(size)
        storage.storeBytes(of: number, toByteOffset: count, as: Number.self)
        count += size
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
        reserve(bytes.count)
        if let source = bytes.baseAddress { (storage + count).copyMemory(from: source, byteCount: bytes.count) }
        count += bytes.count
    }

    private func write(_ number: UInt32, at place: Int) {
        storage.storeBytes(of: number, toByteOffset: place, as: UInt32.self)
    }

    private mutating func reserve(_ size: Int) {
        guard count + size > capacity else { return }
        capacity = max(capacity * 2, count + size)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
        larger.copyMemory(from: storage, byteCount: count)
        storage.deallocate()
        storage = larger
    }
}
