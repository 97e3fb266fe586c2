/// One of several functions that ran side by side failed; the others were cancelled.
public struct LuaConcurrentFailure: Error, Sendable, LuaErrorConvertible, CustomStringConvertible {
    /// The position of the function that failed first, from 0.
    public let index: Int
    /// How it failed.
    public let error: LuaError

    /// `item 3: site.lua:12: …`.
    public var description: String { "item \(index + 1): \(error)" }

    /// The fields of the error that failed, if it was a table, with `message` naming the item and `index`
    /// from 1.
    public var luaValue: LuaTable {
        var fields = error.luaValue
        fields["message"] = .string(description)
        fields["index"] = .integer(Int64(index) + 1)
        return fields
    }
}
