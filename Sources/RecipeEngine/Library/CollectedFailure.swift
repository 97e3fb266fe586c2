internal import LuaHost

/// The failures of `sp.all` or `sp.each` with `collect`, and the results of the other items.
struct CollectedFailure: LuaErrorConvertible {
    /// The stable code of the error.
    static let code = "items_failed"
    /// The number of failures that the message lists.
    private static let listed = 3

    /// The failures, in the order of the items; at least one.
    let failures: [ItemFailure]
    private let items: [LuaValue]
    private let results: [Result<[LuaValue], LuaError>]

    /// Creates the failure; returns `nil` if no item failed.
    init?(_ results: [Result<[LuaValue], LuaError>], items: [LuaValue], labels: [String?]) {
        failures = results.enumerated().compactMap { index, result in
            guard case .failure(let error) = result else { return nil }
            return ItemFailure(index: index, label: labels.indices.contains(index) ? labels[index] : nil, error: error)
        }
        guard !failures.isEmpty else { return nil }
        self.items = items
        self.results = results
    }

    var message: String {
        let more = failures.count - Self.listed
        let lines = failures.prefix(Self.listed).map(\.message) + (more > 0 ? ["and \(more) more"] : [])
        return "\(failures.count) of \(results.count) items failed:\n" + lines.joined(separator: "\n")
    }

    var luaValue: LuaTable {
        let errors = failures.map { failure -> LuaValue in
            var table = failure.error.luaValue
            table["index"] = .integer(Int64(failure.index + 1))
            if items.indices.contains(failure.index) { table["item"] = items[failure.index] }
            return .table(table)
        }
        // The list ends at the first failure; later results keep their positions.
        let first = failures[0].index
        let values = results.map { (try? $0.get())?.first ?? .nil }
        let later = values.enumerated().dropFirst(first).filter { !$1.isNil }
        return [
            "code": .string(Self.code), "message": .string(message), "count": .integer(Int64(results.count)),
            "errors": .table(LuaTable(errors)),
            "results": .table(
                LuaTable(
                    array: Array(values.prefix(first)),
                    sparse: later.map { LuaTable.SparseItem(key: Int64($0 + 1), value: $1) })),
        ]
    }
}
