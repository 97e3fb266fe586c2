internal import LuaHost

/// `sp.all` and `sp.each`: concurrent calls, with results in order.
extension SPLibrary {
    var concurrencyFunctions: [HostFunction] { [all, each] }

    private var all: HostFunction {
        HostFunction(
            "all",
            parameters: [
                HostParameter("functions", "function[]"),
                HostParameter(
                    "options", "table", isOptional: true,
                    documentation: "limit: the maximum number of concurrent calls. collect: true to raise all errors "
                        + "together at the end."),
            ], results: ["any[]"],
            documentation: "Calls functions concurrently and returns their first results in order. The first error "
                + "cancels the other calls and contains the position of the failed function. With collect, see "
                + "sp.each.",
            async: { call in
                let functions = try call.arguments.array(0).enumerated().map { index, value in
                    guard case .function(let function) = value else {
                        throw call.arguments.invalid(0, "item \(index + 1) must be a function, not \(value.typeName)")
                    }
                    return LuaInvocation(function)
                }
                let options = try EachOptions(call.arguments, at: 1, known: ["limit", "collect"])
                return try await run(functions, items: [], options, call)
            })
    }

    private var each: HostFunction {
        HostFunction(
            "each",
            parameters: [
                HostParameter("list", "any[]"), HostParameter("fn", "function"),
                HostParameter(
                    "options", "table", isOptional: true,
                    documentation: "limit: the maximum number of concurrent calls. by: a function that returns a key "
                        + "for an item; items with the same key run one at a time. collect: true to raise all errors "
                        + "together at the end."),
            ],
            results: ["any[]"],
            documentation: "Calls a function with each item and its position, concurrently. Returns the first "
                + "results in order. The first error cancels the other calls and contains the position of the item. "
                + "With collect, the other items run to their ends. Then one error lists all failures: errors has a "
                + "table with item, index, code and message for each, and results has the results of the others by "
                + "position.",
            async: { call in
                let items = try call.arguments.array(0)
                let function = try call.arguments.function(1)
                let options = try EachOptions(call.arguments, at: 2, known: ["limit", "by", "collect"])
                let calls = items.enumerated().map { index, item in
                    LuaInvocation(function, [item, .integer(Int64(index + 1))])
                }
                return try await run(calls, items: items, options, call)
            })
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
        _ calls: [LuaInvocation], items: [LuaValue], _ options: EachOptions, _ call: LuaCall
    ) async throws -> [LuaValue] {
        let labels = items.map(Self.label)
        // The items wait now, and not the call.
        RunningCall.current?.end()
        let results: [Result<[LuaValue], LuaError>]
        let keys: [[LuaValue]]?
        do throws(LuaConcurrentFailure) {
            keys = try await Self.keys(of: items, options, call)
        } catch {
            throw Self.failure(error, labels)
        }
        let lanes = try keys.map { try Self.lanes($0, call.arguments) }
        do throws(LuaConcurrentFailure) {
            let order = LuaConcurrency(limit: options.limit, lanes: lanes, collectsFailures: options.collects)
            results = try await call.results(of: calls, order, onChange: report(calls.count, labels))
        } catch {
            throw Self.failure(error, labels)
        }
        if let failure = CollectedFailure(results, items: items, labels: labels) { throw failure }
        return [.table(LuaTable(results.map { (try? $0.get())?.first ?? .nil }))]
    }

    private static func failure(_ failure: LuaConcurrentFailure, _ labels: [String?]) -> any Error {
        // The limits of the host end the whole run; they do not belong to an item.
        guard ![.cpuBudget, .cancelled].contains(failure.error.code) else { return failure }
        let label = labels.indices.contains(failure.index) ? labels[failure.index] : nil
        return ItemFailure(index: failure.index, label: label, error: failure.error)
    }

    /// Returns what `by` returns for each item; `nil` without `by`.
    private static func keys(
        of items: [LuaValue], _ options: EachOptions, _ call: LuaCall
    ) async throws(LuaConcurrentFailure) -> [[LuaValue]]? {
        guard let by = options.by else { return nil }
        let calls = items.enumerated().map { LuaInvocation(by, [$1, .integer(Int64($0 + 1))]) }
        return try await call.concurrently(calls, limit: options.limit)
    }

    /// Returns a number for each key.
    private static func lanes(_ keys: [[LuaValue]], _ arguments: LuaArguments) throws(LuaArgumentError) -> [Int] {
        var numbers: [LuaValue: Int] = [:]
        var lanes: [Int] = []
        for (index, values) in keys.enumerated() {
            let key = values.first ?? .nil
            switch key {
            case .string, .integer, .number, .boolean: break
            default:
                throw arguments.invalid(
                    2,
                    "by must return a string, number or boolean for each item; for item \(index + 1) it returned "
                        + key.typeName)
            }
            let number = numbers[key] ?? numbers.count
            numbers[key] = number
            lanes.append(number)
        }
        return lanes
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
