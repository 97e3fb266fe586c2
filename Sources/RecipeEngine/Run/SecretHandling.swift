internal import Groundwork
internal import LuaHost
internal import ServerPilot

/// How a host function handles secrets among its arguments.
enum SecretHandling {
    /// Takes them anywhere: a message, a result.
    case opens
    /// Takes them in these members of a table, in an address, and in a value to be sent.
    case opensMembers(Set<String>)
    /// Passes them on to scripts, or opens them in its secret fields and refuses them in others.
    case passes
    /// Refuses them: a name, an id and a number are no secrets.
    case refuses

    /// Returns the handling of the function of that name in that module.
    init(_ function: String, of module: String) {
        switch (module, function) {
        case ("http", _): self = .opensMembers(["url", "headers", "body", "json", "form"])
        case ("ssh", _): self = .opensMembers(["script", "stdin", "content"])
        case ("sp", "log"), ("sp", "warn"), ("sp", "result"): self = .opens
        case ("sp", "object"), ("sp", "list"), ("sp", "dump"), ("sp", "all"), ("sp", "each"): self = .passes
        case ("sp", _):
            // These read their arguments as operations do (OperationArguments), which know their secret fields.
            let isOperation = ServerPilot.Operation.named(.init(rawValue: function)) != nil
            let isEnsured = function.hasPrefix("ensure_") && !function.hasPrefix("ensure_absent_")
            self = isOperation || isEnsured ? .passes : .refuses
        default: self = .refuses
        }
    }

    /// Returns the arguments for the function.
    ///
    /// - Throws: `LuaArgumentError` for a secret that the function does not take.
    func prepared(_ arguments: LuaArguments, _ secrets: SealedSecrets) throws(LuaArgumentError) -> LuaArguments {
        guard arguments.values.contains(where: \.hasSeal) else { return arguments }
        var prepared = arguments
        for position in arguments.values.indices where arguments[position].hasSeal {
            switch (self, arguments[position]) {
            case (.passes, _): break
            case (.opens, _): prepared.values[position] = secrets.open(arguments[position])
            case (.opensMembers, .string(let text)) where position == 0:
                prepared.values[position] = .string(try Self.address(text, arguments, position, secrets))
            case (.opensMembers(let members), .table(let table)) where !Self.isSent(position, of: arguments):
                prepared.values[position] = .table(try Self.opened(table, members, arguments, position, secrets))
            case (.opensMembers, _) where position == 1: prepared.values[position] = secrets.open(arguments[position])
            default: throw Self.refusal(arguments, position)
            }
        }
        return prepared
    }

    /// Whether the argument is a value to be sent, such as that of `http.post_json`.
    private static func isSent(_ position: Int, of arguments: LuaArguments) -> Bool {
        position == 1 && arguments.function.hasSuffix("post_json")
    }

    private static func refusal(_ arguments: LuaArguments, _ position: Int) -> LuaArgumentError {
        arguments.invalid(position, "this function does not accept secrets; the value is a secret or contains one")
    }

    private static func opened(
        _ table: LuaTable, _ members: Set<String>, _ arguments: LuaArguments, _ position: Int, _ secrets: SealedSecrets
    ) throws(LuaArgumentError) -> LuaTable {
        var table = table
        for index in table.fields.indices where table.fields[index].value.hasSeal {
            let field = table.fields[index]
            if field.key == "url", case .string(let text) = field.value {
                table.fields[index].value = .string(try address(text, arguments, position, secrets))
            } else if members.contains(field.key) {
                guard !field.value.hasSealedName else {
                    throw arguments.invalid(position, "\(field.key) has a key that is a secret")
                }
                table.fields[index].value = secrets.open(field.value)
            } else if field.key != "planned" {
                // `planned` keeps its seals: the recipe gets that reply back.
                throw arguments.invalid(position, "\(field.key.shown) cannot be a secret")
            }
        }
        let rest = LuaTable(array: table.array, fields: table.fields.map { .init(key: $0.key, value: .nil) })
        guard !LuaValue.table(rest).hasSeal, !table.sparse.contains(where: \.value.hasSeal) else {
            throw refusal(arguments, position)
        }
        return table
    }

    /// Returns an address with its secrets.
    ///
    /// Its host cannot be one: errors, needs and plans show it.
    private static func address(
        _ text: String, _ arguments: LuaArguments, _ position: Int, _ secrets: SealedSecrets
    ) throws(LuaArgumentError) -> String {
        let rest = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? text[...]
        guard !LuaSeal.isIn(String(text[..<rest.startIndex] + rest.prefix { !"/?#".contains($0) })) else {
            throw arguments.invalid(position, "the host of a URL cannot be a secret")
        }
        return secrets.open(text)
    }
}

extension LuaValue {
    /// Whether a member, at any depth, has a secret as its name.
    fileprivate var hasSealedName: Bool {
        guard case .table(let table) = self else { return false }
        return table.fields.contains { LuaSeal.isIn($0.key) || $0.value.hasSealedName }
            || table.array.contains(where: \.hasSealedName) || table.sparse.contains(where: \.value.hasSealedName)
    }
}

extension LuaArgumentError {
    /// Returns the error without secrets: a script may catch it.
    func redacted(by redactor: Redactor) -> LuaArgumentError {
        LuaArgumentError(function: function, position: position, name: name, reason: redactor.redact(reason))
    }
}
