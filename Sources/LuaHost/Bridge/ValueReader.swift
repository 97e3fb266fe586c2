import CLuaBridge

/// Reads the values that the bridge encoded.
///
/// The bytes may come from a process that a stranger controls. Any fault in them ends the reading and sets ``isWhole``
/// to false.
struct ValueReader {
    private var bytes: UnsafeRawBufferPointer
    private let releases: ReleaseQueue
    /// The number of values that may still be read: a value takes more memory here than bytes in the message.
    private var left: Int
    private var depth = 0
    /// Whether all bytes so far had the right format.
    private(set) var isWhole = true

    /// - Parameters:
    ///   - start: The bytes.
    ///   - count: The number of bytes.
    ///   - limit: The most values to read, including those in tables.
    ///   - releases: The queue of the host, for functions among the values.
    init(_ start: UnsafePointer<UInt8>?, count: Int, limit: Int = .max, releases: ReleaseQueue) {
        self.bytes = UnsafeRawBufferPointer(start: start, count: count)
        self.releases = releases
        left = limit
    }

    /// Reads a list: its count, then the values.
    mutating func values() -> [LuaValue] {
        let count = Int(number(UInt32.self))
        return values(count)
    }

    private mutating func values(_ count: Int) -> [LuaValue] {
        guard has(count) else { return [] }
        var values: [LuaValue] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(value()) }
        return values
    }

    /// Whether the unread bytes and the limit allow `count` more values, or keys with values; counts them.
    private mutating func has(_ count: Int) -> Bool {
        guard count > 0, isWhole else { return false }
        isWhole = count <= bytes.count && count <= left
        left -= count
        return isWhole
    }

    private mutating func value() -> LuaValue {
        guard isWhole else { return .nil }
        switch Int(number(UInt8.self)) {
        case LUABRIDGE_FALSE: return .boolean(false)
        case LUABRIDGE_TRUE: return .boolean(true)
        case LUABRIDGE_INTEGER: return .integer(number(Int64.self))
        case LUABRIDGE_NUMBER: return .number(Double(bitPattern: number(UInt64.self)))
        case LUABRIDGE_STRING: return .string(text())
        case LUABRIDGE_TABLE: return .table(table(nil))
        case LUABRIDGE_LIST: return .table(table(.list))
        case LUABRIDGE_OBJECT: return .table(table(.object))
        case LUABRIDGE_LARGE_INTEGER: return .largeInteger(digits())
        case LUABRIDGE_FUNCTION:
            let handle = luabridge_handle(slot: number(UInt32.self), generation: number(UInt32.self))
            return .function(LuaFunction(anchor: FunctionAnchor(handle: handle, releases: releases)))
        case LUABRIDGE_NULL: return .null
        case LUABRIDGE_NIL: return .nil
        default:
            isWhole = false
            return .nil
        }
    }

    private mutating func table(_ form: LuaTable.Form?) -> LuaTable {
        // A level more than the bridge encodes: an error value adds its own level.
        guard depth <= Int(LUABRIDGE_DEPTH) + 1 else {
            isWhole = false
            return LuaTable(array: [])
        }
        depth += 1
        defer { depth -= 1 }
        let positions = Int(number(UInt32.self))
        let fieldCount = Int(number(UInt32.self))
        let sparseCount = Int(number(UInt32.self))
        var table = LuaTable(array: values(positions), form: form)
        if has(fieldCount) {
            table.fields.reserveCapacity(fieldCount)
            for _ in 0..<fieldCount {
                let key = text()
                table.fields.append(LuaTable.Field(key: key, value: value()))
            }
        }
        if has(sparseCount) {
            for _ in 0..<sparseCount {
                let key = number(Int64.self)
                table.sparse.append(LuaTable.SparseItem(key: key, value: value()))
            }
        }
        return table
    }

    private mutating func text() -> String {
        let count = Int(number(UInt32.self))
        guard count <= bytes.count else {
            isWhole = false
            return ""
        }
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[count...]) }
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[..<count]), as: UTF8.self)
    }

    /// Reads the digits of a large integer, which callers write to JSON and to URLs as they are.
    private mutating func digits() -> String {
        let text = text()
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        if digits.isEmpty || !digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            isWhole = false
        }
        return text
    }

    private mutating func number<Number: BitwiseCopyable & FixedWidthInteger>(_ type: Number.Type) -> Number {
        let size = MemoryLayout<Number>.size
        guard bytes.count >= size else {
            isWhole = false
            return 0
        }
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[size...]) }
        return bytes.loadUnaligned(as: type)
    }
}
