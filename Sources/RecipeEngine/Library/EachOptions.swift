internal import LuaHost

/// The options of `sp.each` and `sp.all`.
struct EachOptions {
    /// The maximum number of concurrent calls; `nil` for all.
    private(set) var limit: Int?
    /// Returns the key of an item; `nil` if items have none.
    private(set) var by: LuaFunction?
    /// Whether all errors are raised together at the end.
    private(set) var collects = false

    /// Reads the options.
    ///
    /// - Parameters:
    ///   - arguments: The arguments of the call.
    ///   - position: The position of the options among them.
    ///   - known: The names of the options that the function takes.
    /// - Throws: `LuaArgumentError` for an unknown option, or a value of another type.
    init(_ arguments: LuaArguments, at position: Int, known: [String]) throws(LuaArgumentError) {
        guard !arguments[position].isNil else { return }
        for field in try arguments.table(position).fields {
            guard known.contains(field.key) else { throw arguments.unknownOption(position, field.key, known: known) }
            switch (field.key, field.value) {
            case ("by", .function(let function)): by = function
            case ("by", _): throw arguments.invalid(position, "by must be a function that returns the key of an item")
            case ("collect", .boolean(let value)): collects = value
            case ("collect", _): throw arguments.invalid(position, "collect must be true or false")
            default:
                guard let count = field.value.exactInteger, count >= 1 else {
                    throw arguments.invalid(position, "limit must be an integer of at least 1")
                }
                limit = Int(count)
            }
        }
    }
}
