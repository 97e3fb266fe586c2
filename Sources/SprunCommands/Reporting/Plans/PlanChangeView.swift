internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// A planned change in words: its resource, and each field with its old and new value.
struct PlanChangeView {
    /// A field and its values as text.
    struct FieldLine: Hashable {
        let name: String
        let text: String
    }

    private let change: PlannedChange
    private let madeUp: [String: String]
    private let operation: ServerPilot.Operation?

    /// The placeholder for a value that only the run determines.
    static let unknown = "(known after apply)"
    /// The placeholder for a secret.
    static let sensitive = "(sensitive)"

    init(_ change: PlannedChange, madeUp: [String: String]) {
        self.change = change
        self.madeUp = madeUp
        operation = ServerPilot.Operation.named(change.operation)
    }

    /// The name of the resource.
    var name: String {
        if let object = change.object { return object }
        return change.detail?.before?["name"]?.stringValue ?? change.arguments["name"]?.stringValue
            ?? change.arguments["id"]?.stringValue.map { madeUp[$0] ?? $0 } ?? "?"
    }

    /// The subject of the change: `system user acme`, `SSL of app acmesite`.
    var title: String {
        if change.isOutside {
            return [change.operation.rawValue, change.object].compactMap(\.self).joined(separator: " ")
        }
        let key = change.arguments["sshkey_id"]?.stringValue ?? "?"
        return "\(part(key: " \(madeUp[key] ?? key)"))\(operation?.kind.spokenName ?? "") \(name)"
    }

    /// The subject of the change without names: `system user`, `SSL of app`; outside the account, the function.
    var category: String {
        change.isOutside ? change.operation.rawValue : part(key: "") + (operation?.kind.spokenName ?? "")
    }

    /// Returns the part of the resource that changes, with "of": `SSL of `; empty for the resource itself.
    private func part(key: String) -> String {
        guard let operation else { return "" }
        if operation.isAboutSSL { return operation.fixedBody["auto"] == true ? "AutoSSL of " : "SSL of " }
        return operation.effect != .create && change.arguments["sshkey_id"] != nil ? "SSH key\(key) of " : ""
    }

    /// The dependents that are deleted too, with names: `1 app (acme) and 2 databases (a, b)`.
    var dependents: String {
        Cascade.words((change.detail?.fallen ?? []).map { ($0.kind.spokenName, $0.name) })
    }

    /// Fields in the request's path, and fields that the title or the group header shows.
    private static let shownElsewhere: Set<String> = ["id", "name", "serverid", "sshkey_id"]

    /// The fields to show.
    var fields: [FieldLine] {
        guard let operation else { return [] }
        return change.arguments.flatMap { name, value -> [FieldLine] in
            let isShown = Self.shownElsewhere.contains(name) && !(change.operation == "rename_sshkey" && name == "name")
            guard !isShown || (name == "sshkey_id" && change.operation == "create_sysuser") else { return [] }
            return lines(name, value, operation.parameters.first { $0.name == name })
        }
    }

    private func lines(_ name: String, _ value: JSONValue, _ field: Field?) -> [FieldLine] {
        if case .object(let members) = value {
            var inner: [Field] = []
            if case .object(let fields)? = field?.type { inner = fields }
            return members.flatMap { member, value in
                lines("\(name).\(member)", value, inner.first { $0.name == member })
            }
        }
        if let field, field.secrecy != .open { return [FieldLine(name: name, text: Self.sensitive)] }
        let new = text(value)
        guard operation?.effect != .create, let before = change.detail?.before,
            let old = name == "force" ? before["ssl"]?["force"] ?? false : before[name]
        else { return [FieldLine(name: name, text: new)] }
        if case .array(let was) = old, case .array(let becomes) = value {
            return [FieldLine(name: name, text: Self.difference(was.map(text), becomes.map(text)))]
        }
        return [FieldLine(name: name, text: "\(text(old)) -> \(new)")]
    }

    /// Returns the changes of a list: `acme.example, +www.acme.example, -old.example`.
    private static func difference(_ was: [String], _ becomes: [String]) -> String {
        let stays = becomes.filter(was.contains)
        let comes = becomes.filter { !was.contains($0) }.map { "+\($0)" }
        let goes = was.filter { !becomes.contains($0) }.map { "-\($0)" }
        return (stays + comes + goes).joined(separator: ", ")
    }

    private func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text):
            if let name = madeUp[text] { return "\(name) \(Self.unknown)" }
            return text.contains("\n") ? "\(text.split(separator: "\n").count) lines" : text
        case .array(let elements): return elements.map(text).joined(separator: ", ")
        default: return value.text()
        }
    }
}
