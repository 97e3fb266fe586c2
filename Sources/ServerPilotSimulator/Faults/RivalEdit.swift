public import OrderedCollections
public import ServerPilot

/// A call that somebody else makes between two requests.
///
/// Its arguments may name what is known only then, in braces:
/// `{name}` is that argument of the call at hand; `{current.domains}` that member of the thing that the call's path
/// names, as it is then; `{reply.id}` that member of the call's reply (for rivals after it); `{app:NAME}` the id of the
/// thing of that kind and name. A string that is one pair of braces becomes the value itself, whatever its type, and
/// an array in an array becomes part of it: `["{current.domains}", "rival.example"]` adds a domain.
public struct RivalEdit: Hashable, Sendable {
    /// What they do.
    public let operation: Operation.Name
    /// With which arguments, by wire name.
    public let arguments: JSONObject

    /// A rival's call.
    public init(_ operation: Operation.Name, _ arguments: JSONObject) {
        self.operation = operation
        self.arguments = arguments
    }

    /// What the names in braces stand for.
    struct Surroundings {
        let call: Call
        let account: Account
        /// `data` of the call's reply, once it was done.
        let reply: JSONValue?
        let now: Timestamp
    }

    /// The arguments with every name replaced; `nil` when one stands for nothing.
    func arguments(in surroundings: Surroundings) -> JSONObject? {
        surroundings.fill(.object(arguments))?.objectValue
    }
}

extension RivalEdit.Surroundings {
    fileprivate func fill(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .string(let text): return fill(text)
        case .array(let elements):
            var filled: [JSONValue] = []
            for element in elements {
                guard let value = fill(element) else { return nil }
                if case .string = element, case .array(let several) = value {
                    filled += several
                } else {
                    filled.append(value)
                }
            }
            return .array(filled)
        case .object(let members):
            var filled = JSONObject()
            for (name, member) in members {
                guard let value = fill(member) else { return nil }
                filled[name] = value
            }
            return .object(filled)
        default: return value
        }
    }

    private func fill(_ text: String) -> JSONValue? {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            guard let value = value(of: String(rest[rest.index(after: open)..<close])) else { return nil }
            if open == text.startIndex, rest.index(after: close) == text.endIndex { return value }
            guard let part = value.stringValue else { return nil }
            filled += rest[..<open] + part
            rest = rest[rest.index(after: close)...]
        }
        return .string(filled + rest)
    }

    private func value(of name: String) -> JSONValue? {
        if let colon = name.firstIndex(of: ":") {
            return id(of: String(name[..<colon]), named: String(name[name.index(after: colon)...])).map { .string($0) }
        }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("current", 2): return current?[parts[1]]
        case ("reply", 2): return reply?[parts[1]]
        default: return call.arguments[name]
        }
    }

    /// The thing that the call's path names, as a read gives it.
    private var current: JSONValue? {
        for operation in Operation.all where operation.kind == call.operation.kind && !operation.changesAccount {
            guard case .object(let shape) = operation.result else { continue }
            return account.describe(operation.kind, call.pathID, as: shape, at: now)
        }
        return nil
    }

    private func id(of kind: String, named name: String) -> String? {
        switch kind {
        case "server": account.servers.values.first { $0.name == name }?.id.rawValue
        case "sshkey": account.sshkeys.values.first { $0.name == name }?.id.rawValue
        case "sysuser": account.sysusers.values.first { $0.name == name }?.id.rawValue
        case "app": account.apps.values.first { $0.name == name }?.id.rawValue
        case "db": account.databases.values.first { $0.name == name }?.id.rawValue
        default: nil
        }
    }
}
