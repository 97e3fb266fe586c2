public import Groundwork
public import OrderedCollections
public import ServerPilot

/// A call that a rival, another client of the account, makes between two requests.
///
/// Its arguments may contain placeholders for values that are known only then:
/// - `{name}`: that argument of the current call.
/// - `{current.domains}`: that member of the resource in the call's path, at that time.
/// - `{reply.id}`: that member of the call's reply, for rivals after the call.
/// - `{app:NAME}`: the id of the resource with that kind and name.
///
/// A string that consists of one placeholder becomes its value, of any type. An array in place of an array's element is
/// spliced in: `["{current.domains}", "rival.example"]` adds a domain.
///
/// ```swift
/// let edit = RivalEdit("update_app", ["id": "{id}", "domains": ["{current.domains}", "rival.example"]])
/// let fault = Fault(.operation("update_app"), .nth(1), .rival(edit, .before))
/// ```
public struct RivalEdit: Hashable, Sendable {
    /// The operation that the rival calls.
    public let operation: Operation.Name
    /// The arguments by wire name, with placeholders.
    public let arguments: JSONObject

    /// Creates a rival's call.
    public init(_ operation: Operation.Name, _ arguments: JSONObject) {
        self.operation = operation
        self.arguments = arguments
    }

    /// The values of the placeholders.
    struct Surroundings {
        let call: Call
        let account: Account
        /// The `data` of the call's reply; `nil` before the call took effect.
        let reply: JSONValue?
        let now: Timestamp
    }

    /// Returns the arguments with every placeholder replaced; `nil` if one has no value.
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

    /// The resource in the call's path, as a read returns it.
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
