internal import Groundwork
internal import OrderedCollections

/// One rule of the API as a row of the list that `sprun simulate --rules` prints.
///
/// The rows are derived from the operations table and the rules of all operations; no rule is defined here.
///
/// ```swift
/// if let rule = RuleEntry.named("app-name-unique") {
///     print(rule.sentence, rule.status ?? 0)
///     for setting in rule.toggle?.settings ?? [] { print("\(setting.name): \(rule.words(for: setting))") }
/// }
/// ```
public struct RuleEntry: Hashable, Sendable {
    /// The id of the rule, unique among all rules.
    public let id: String
    /// The evidence for the rule.
    public let evidence: Evidence
    /// The HTTP status of a refusal by the rule; `nil` if it refuses nothing.
    public let status: Int?
    /// The rule as a sentence.
    public let sentence: String
    /// The settings of the rule in a simulation; `nil` if it is fixed.
    public let toggle: Toggle?
    /// The operations that the rule applies to, in the order of the table; empty if it applies to all.
    public fileprivate(set) var operations: [Operation.Name]

    /// Returns the effect of one of the rule's settings, in words.
    public func words(for setting: Toggle.Setting) -> String {
        guard setting.outcome == .holds, let status else { return setting.words }
        return "refused with \(status)"
    }

    /// All rules: those of fields and operations in the order of the table, then those of all operations.
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

    /// Returns the rule with an id; `nil` if there is none.
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
    /// Returns the constraints of these fields and of their members, each with a path such as `user.password`.
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
