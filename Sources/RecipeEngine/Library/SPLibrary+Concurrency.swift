internal import LuaHost

/// `sp.all` and `sp.each`: concurrent calls, with results in order.
extension SPLibrary {
    var concurrencyFunctions: [HostFunction] { [all, each] }

    private var all: HostFunction {
        HostFunction(
            "all", parameters: [HostParameter("functions", "function[]")], results: ["any[]"],
            documentation: "Calls functions concurrently and returns their first results in order. The first error "
                + "cancels the other calls and contains the position of the failed function.",
            async: { call in
                let functions = try call.arguments.array(0).enumerated().map { index, value in
                    guard case .function(let function) = value else {
                        throw call.arguments.invalid(0, "item \(index + 1) must be a function, not \(value.typeName)")
                    }
                    return LuaInvocation(function)
                }
                return try await run(functions, limit: nil, labels: [], call)
            })
    }

    private var each: HostFunction {
        HostFunction(
            "each",
            parameters: [
                HostParameter("list", "any[]"), HostParameter("fn", "function"),
                HostParameter(
                    "options", "table", isOptional: true,
                    documentation: "limit: the maximum number of "
                        + "concurrent calls."),
            ],
            results: ["any[]"],
            documentation: "Calls a function with each item and its position, concurrently. Returns the first "
                + "results in order. The first error cancels the other calls and contains the position of the item.",
            async: { call in
                let items = try call.arguments.array(0)
                let function = try call.arguments.function(1)
                let limit = try Self.limit(call.arguments)
                let calls = items.enumerated().map { index, item in
                    LuaInvocation(function, [item, .integer(Int64(index + 1))])
                }
                return try await run(calls, limit: limit, labels: items.map(Self.label), call)
            })
    }

    private static func limit(_ arguments: LuaArguments) throws(LuaArgumentError) -> Int? {
        guard !arguments[2].isNil else { return nil }
        var limit: Int?
        for field in try arguments.table(2).fields {
            guard field.key == "limit" else { throw arguments.unknownOption(2, field.key, known: ["limit"]) }
            guard let count = field.value.exactInteger, count >= 1 else {
                throw arguments.invalid(2, "limit must be an integer of at least 1")
            }
            limit = Int(count)
        }
        return limit
    }

    /// Returns the label of an item in errors: a string itself, or the name or id of a resource.
    private static func label(_ item: LuaValue) -> String? {
        switch item {
        case .string(let text): return text
        case .table(let table):
            if case .string(let name) = table["name"] { return name }
            if case .string(let id) = table["id"] { return id }
            return nil
        default: return nil
        }
    }

    private func run(
        _ calls: [LuaInvocation], limit: Int?, labels: [String?], _ call: LuaCall
    ) async throws -> [LuaValue] {
        do throws(LuaConcurrentFailure) {
            // The items wait now, and not the call.
            RunningCall.current?.end()
            let results = try await call.concurrently(calls, limit: limit, onChange: report(calls.count, labels))
            return [.table(LuaTable(results.map { $0.first ?? .nil }))]
        } catch {
            // The limits of the host end the whole run; they do not belong to an item.
            if [.cpuBudget, .cancelled].contains(error.error.code) { throw error }
            let label = labels.indices.contains(error.index) ? labels[error.index].map { " (\($0))" } : nil
            throw ItemFailure(index: error.index, label: label ?? "", error: error.error)
        }
    }
}

extension SPLibrary {
    /// The bytes of a label that is shown: items can be long texts.
    private static let longestLabel = 100

    /// Returns a function that reports the states of the items of a call.
    private func report(
        _ count: Int, _ labels: [String?]
    ) -> @Sendable (_ path: LuaCoroutinePath, _ state: LuaItemState) -> Void {
        guard session.planning == nil else { return { _, _ in } }
        return { [session] path, state in
            let label = path.steps.last.flatMap { labels.indices.contains($0.index) ? labels[$0.index] : nil }
            session.output.emit(
                .item(
                    RunEvent.Item(
                        path: path, count: count,
                        label: label.flatMap { $0.utf8.count <= Self.longestLabel ? $0 : nil }, state: state)))
        }
    }
}

/// The failure of an item of `sp.all` or `sp.each`, with all values of the original failure.
struct ItemFailure: LuaErrorConvertible {
    let index: Int
    let label: String
    let error: LuaError

    var message: String { "item \(index + 1)\(label): \(error.description)" }

    var luaValue: LuaTable {
        var table = error.luaValue
        table["message"] = .string(message)
        table["item"] = .integer(Int64(index + 1))
        return table
    }
}
