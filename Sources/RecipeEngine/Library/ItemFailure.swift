internal import LuaHost

/// The failure of an item of `sp.all` or `sp.each`, with all values of the original failure.
struct ItemFailure: LuaErrorConvertible {
    /// The position of the item, from 0.
    let index: Int
    /// The name of the item; `nil` if it has none.
    let label: String?
    let error: LuaError

    var message: String { "item \(index + 1)\(label.map { " (\($0))" } ?? ""): \(error.description)" }

    var luaValue: LuaTable {
        var table = error.luaValue
        table["message"] = .string(message)
        table["item"] = .integer(Int64(index + 1))
        return table
    }
}
