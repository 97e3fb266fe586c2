internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// `sp.find_server{ name = … }` and so on: they return a single resource or `nil`, and fail if several match.
extension SPLibrary {
    var findFunctions: [HostFunction] {
        ServerPilot.Operation.all.compactMap { operation in
            guard case .list(let shape) = operation.result, operation.pathParameters.isEmpty else { return nil }
            return find(operation, shape)
        } + [newestRuntime, compareRuntimes]
    }

    /// The maximum number of matches that an error lists; it only counts the others.
    private static let listedMatches = 5

    private func find(_ operation: ServerPilot.Operation, _ shape: Shape) -> HostFunction {
        let kind = operation.kind
        let function = "find_\(kind.rawValue)"
        return HostFunction(
            function,
            parameters: [Self.filter(isOptional: false)], results: ["\(shape.name)|nil"],
            documentation:
                "Finds the \(kind.spokenName) with these fields. Returns nil if none matches. Raises an error if "
                + "several match.",
            async: { call in
                let filter = try ListFilter(
                    call.arguments[0], of: shape, function: function, listing: Self.listingCall(operation),
                    isOptional: false)
                let reply = try await StepScope(session, call, realm).call(operation, [:], matching: filter.fields)
                let matches = (operation.withoutHidden(reply.data).arrayValue ?? []).filter(filter.matches)
                guard matches.count < 2 else { throw Self.several(matches, filter, kind, function) }
                return [matches.first.map { LuaValue($0) } ?? .nil]
            })
    }

    private static func several(
        _ matches: [JSONValue], _ filter: ListFilter, _ kind: ResourceKind, _ function: String
    ) -> RecipeError {
        let names = matches.prefix(listedMatches).map { match in
            "\(match["name"]?.stringValue ?? "?") (\(match["id"]?.stringValue ?? "?"))"
        }
        let more = matches.count > listedMatches ? " and \(matches.count - listedMatches) more" : ""
        return RecipeError(
            RecipeError.severalMatch, in: "sp.\(function)",
            "\(matches.count) match \(filter.words): \(names.joined(separator: ", "))\(more)",
            hint: "add fields to the filter, such as serverid or id")
    }

    private var newestRuntime: HostFunction {
        HostFunction(
            "newest_runtime",
            parameters: [HostParameter("server", "Server|string[]", documentation: "A server, or a list of runtimes.")],
            results: ["string"],
            documentation: "Returns the newest PHP runtime of a server. Compares versions as numbers.",
            sync: { arguments in
                let table = try arguments.table(0)
                let runtimes = if case .table(let list) = table["available_runtimes"] { list } else { table }
                guard let newest = PHPRuntime.newest(of: runtimes.array.compactMap(\.text)) else {
                    throw arguments.invalid(0, "a server with available_runtimes is expected")
                }
                return [.string(newest)]
            })
    }

    private var compareRuntimes: HostFunction {
        HostFunction(
            "compare_runtimes",
            parameters: [HostParameter("left", "string"), HostParameter("right", "string")], results: ["integer"],
            documentation:
                "Returns -1, 0 or 1 if the left PHP runtime is older than, equal to or newer than the right runtime.",
            sync: { arguments in
                var runtimes: [PHPRuntime] = []
                for position in 0...1 {
                    guard let runtime = PHPRuntime(try arguments.string(position)) else {
                        throw arguments.invalid(position, "expected a PHP runtime such as php8.4")
                    }
                    runtimes.append(runtime)
                }
                return [runtimes[0] < runtimes[1] ? -1 : runtimes[1] < runtimes[0] ? 1 : 0]
            })
    }
}
