internal import OrderedCollections

/// One rule of the API as a row of a list, whichever way it is enforced: what `sprun simulate --rules` prints.
///
/// The rows are derived from the operations table and from `Behaviour.all`; no rule is written down here.
public struct RuleEntry: Hashable, Sendable {
    /// Its name, unique among all rules.
    public let id: String
    /// How sure the project is of it.
    public let evidence: Evidence
    /// The status of a refusal by it; `nil` where it refuses nothing.
    public let status: Int?
    /// The rule as a sentence.
    public let sentence: String
    /// How it can be switched in a simulation; `nil` where it cannot be.
    public let toggle: Toggle?
    /// The operations that it is about, in the order of the table; none where it is about all.
    public fileprivate(set) var operations: [Operation.Name]

    /// What happens under one of the rule's settings, in words.
    public func words(for setting: Toggle.Setting) -> String {
        guard setting.outcome == .holds, let status else { return setting.words }
        return "refused with \(status)"
    }

    /// Every rule: those of fields and operations in the order of the table, then what holds for all operations.
    public static let all: [RuleEntry] = {
        var entries: OrderedDictionary<String, RuleEntry> = [:]
        func add(_ entry: RuleEntry) {
            let more = entry.operations.filter { entries[entry.id]?.operations.contains($0) != true }
            if entries[entry.id] == nil { entries[entry.id] = entry } else { entries[entry.id]?.operations += more }
        }
        for operation in Operation.all {
            for (path, constraint) in operation.parameters.constraints() {
                add(RuleEntry(constraint, of: path, operation.name))
            }
            for rule in operation.rules { add(RuleEntry(rule, operation.name)) }
        }
        for behaviour in Behaviour.all { add(RuleEntry(behaviour)) }
        return Array(entries.values)
    }()

    private static let byID: [String: RuleEntry] = Dictionary(
        all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    /// The rule of that name, or `nil` when there is none.
    public static func named(_ id: String) -> RuleEntry? { byID[id] }
}

extension RuleEntry {
    private init(_ constraint: Constraint, of path: String, _ operation: Operation.Name) {
        self.init(
            id: constraint.id, evidence: constraint.evidence, status: 400,
            sentence: "\(path) must \(constraint.demand).", toggle: constraint.toggle, operations: [operation])
    }

    private init(_ rule: Rule, _ operation: Operation.Name) {
        self.init(
            id: rule.id, evidence: rule.evidence, status: rule.status, sentence: rule.sentence, toggle: rule.toggle,
            operations: [operation])
    }

    private init(_ behaviour: Behaviour) {
        self.init(
            id: behaviour.id, evidence: behaviour.evidence, status: behaviour.status, sentence: behaviour.sentence,
            toggle: behaviour.toggle, operations: [])
    }
}

extension [Field] {
    /// The constraints of these fields and of those in them, each with the path of its field: `user.password`.
    func constraints(at prefix: String = "") -> [(path: String, constraint: Constraint)] {
        flatMap { field -> [(path: String, constraint: Constraint)] in
            let path = prefix + field.name
            let own = field.constraints.map { (path: path, constraint: $0) }
            switch field.type {
            case .object(let members): return own + members.constraints(at: path + ".")
            case .array(let element, let constraints):
                let ofElements = constraints.map { (path: "each of \(path)", constraint: $0) }
                guard case .object(let members) = element else { return own + ofElements }
                return own + ofElements + members.constraints(at: path + "[].")
            default: return own
            }
        }
    }
}
