internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// A plan as a JSON object for programs, without secrets and without ids that the plan invented.
struct PlanJSON {
    /// Incremented if a member changes its meaning or is removed.
    static let formatVersion: Int64 = 1

    private let plan: Plan
    private let madeUp: [String: String]
    private let redactor: Redactor

    /// Creates the object; the redactor removes further secrets besides the plan's own.
    init(_ plan: Plan, redactedBy redactor: Redactor) {
        self.plan = plan
        madeUp = plan.madeUpIDs
        self.redactor = redactor.union(plan.redactor)
    }

    /// The JSON object.
    var value: JSONValue {
        let summary: JSONObject = [
            "create": .integer(Int64(plan.count(.create))), "update": .integer(Int64(plan.count(.update))),
            "delete": .integer(Int64(plan.count(.delete))), "outside": .integer(Int64(plan.countOutside)),
        ]
        return redactor.redact(
            .object([
                "format_version": .integer(Self.formatVersion), "recipe": .string(plan.header.recipe),
                "account": .string(plan.header.accountName), "changes": .array(plan.changes.map(change)),
                "branches": .array(plan.branches.map(branch)),
                "reads": .integer(Int64(plan.answers.count)), "warnings": .array(plan.warnings.map { .string($0) }),
                "assumptions": .array(plan.assumptions.map { .string($0) }), "summary": .object(summary),
                "seconds": .double(plan.duration.inSeconds),
            ]))
    }

    /// Returns a branch: if all conditions in `if` hold, the run makes `changes` instead of the changes in `replaces`.
    private func branch(_ branch: PlanBranch) -> JSONValue {
        let conditions = branch.conditions.map { condition -> JSONValue in
            [
                "fact": .string(condition.subject.fact.rawValue), "holds": .bool(condition.holds),
                "kind": .string(condition.subject.fact.kind.rawValue), "name": .string(condition.subject.name),
                "site": .string(condition.site), "words": .string(condition.words),
            ]
        }
        var members: JSONObject = [
            "if": .array(conditions), "changes": .array(branch.changes.map(change)),
            "replaces": .array(plan.replaced(by: branch).map { .string($0.step.description) }),
        ]
        if let parent = branch.parent { members["within"] = .integer(Int64(parent)) }
        if let failure = branch.failure { members["fails"] = .string(failure) }
        return .object(members)
    }

    private func change(_ change: PlannedChange) -> JSONValue {
        let operation = ServerPilot.Operation.named(change.operation)
        let view = PlanChangeView(change, madeUp: madeUp)
        let action =
            switch operation?.effect {
            case _ where change.isOutside: "outside"
            case .create: "create"
            case .delete: "delete"
            default: "update"
            }
        var members: JSONObject = [
            "action": .string(action), "operation": .string(change.operation.rawValue),
            "kind": .string(operation?.kind.rawValue ?? ""), "name": .string(view.name),
            "server": change.detail?.server.map { .string($0) } ?? .null, "site": .string(change.site),
            "step": .string(change.step.description),
            "arguments": .object(shown(change.arguments, operation?.parameters)),
        ]
        let contents = PlannedContent.all(of: change, redactedBy: redactor).map(\.json)
        if !contents.isEmpty { members["contents"] = .array(contents) }
        if let before = change.detail?.before { members["before"] = known(before) }
        if let fallen = change.detail?.fallen, !fallen.isEmpty {
            members["deletes"] = .array(fallen.map { ["kind": .string($0.kind.rawValue), "name": .string($0.name)] })
        }
        if let work = change.detail?.work { members["work_seconds"] = .double(work.inSeconds) }
        if let refusal = change.refusal { members["refused"] = .string(refusal) }
        return .object(members)
    }

    /// Returns the value with invented ids replaced by `PlanChangeView.unknown`.
    private func known(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): madeUp[text] == nil ? value : .string(PlanChangeView.unknown)
        case .array(let elements): .array(elements.map(known))
        case .object(let members): .object(members.mapValues(known))
        default: value
        }
    }

    private func shown(_ arguments: JSONObject, _ fields: [Field]?) -> JSONObject {
        var result = JSONObject()
        for (name, value) in arguments {
            let field = fields?.first { $0.name == name }
            if let field, field.secrecy != .open {
                result[name] = .string(PlanChangeView.sensitive)
            } else if case .object(let members) = value {
                var inner: [Field] = []
                if case .object(let fields)? = field?.type { inner = fields }
                result[name] = .object(shown(members, inner))
            } else if let text = value.stringValue, madeUp[text] != nil {
                result[name] = .string(PlanChangeView.unknown)
            } else {
                result[name] = value
            }
        }
        return result
    }
}
