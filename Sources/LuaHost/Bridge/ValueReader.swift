import CLuaBridge

/// Reads the values that the bridge encoded.
///
/// The bridge is trusted to keep to the format, and a mistake in it stops at the end of the bytes.
struct ValueReader {
    private var bytes: UnsafeRawBufferPointer
    private let releases: ReleaseQueue

    init(_ start: UnsafePointer<UInt8>?, count: Int, releases: ReleaseQueue) {
        self.bytes = UnsafeRawBufferPointer(start: start, count: count)
        self.releases = releases
    }

    /// A list: its count, then the values.
    mutating func values() -> [LuaValue] {
        let count = Int(number(UInt32.self))
        return values(count)
    }

    private mutating func values(_ count: Int) -> [LuaValue] {
        guard count > 0, count <= bytes.count else { return [] }
        var values: [LuaValue] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(value()) }
        return values
    }

    private mutating func value() -> LuaValue {
        switch Int(number(UInt8.self)) {
        case LUABRIDGE_FALSE: return .boolean(false)
        case LUABRIDGE_TRUE: return .boolean(true)
        case LUABRIDGE_INTEGER: return .integer(number(Int64.self))
        case LUABRIDGE_NUMBER: return .number(Double(bitPattern: number(UInt64.self)))
        case LUABRIDGE_STRING: return .string(text())
        case LUABRIDGE_TABLE: return .table(table())
        case LUABRIDGE_FUNCTION:
            let handle = luabridge_handle(slot: number(UInt32.self), generation: number(UInt32.self))
            return .function(LuaFunction(anchor: FunctionAnchor(handle: handle, releases: releases)))
        case LUABRIDGE_NULL: return .null
        default: return .nil
        }
    }

    private mutating func table() -> LuaTable {
        let positions = Int(number(UInt32.self))
        let fieldCount = Int(number(UInt32.self))
        let sparseCount = Int(number(UInt32.self))
        var table = LuaTable(array: values(positions))
        if fieldCount > 0, fieldCount <= bytes.count {
            table.fields.reserveCapacity(fieldCount)
            for _ in 0..<fieldCount {
                let key = text()
                table.fields.append(LuaTable.Field(key: key, value: value()))
            }
        }
        if sparseCount > 0, sparseCount <= bytes.count {
            for _ in 0..<sparseCount {
                let key = number(Int64.self)
                table.sparse.append(LuaTable.SparseItem(key: key, value: value()))
            }
        }
        return table
    }

    private mutating func text() -> String {
        let count = Int(number(UInt32.self))
        guard count <= bytes.count else { return "" }
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[count...]) }
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[..<count]), as: UTF8.self)
    }

    private mutating func number<Number: BitwiseCopyable & FixedWidthInteger>(_ type: Number.Type) -> Number {
        let size = MemoryLayout<Number>.size
        guard bytes.count >= size else { return 0 }
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[size...]) }
        return bytes.loadUnaligned(as: type)
    }
}
