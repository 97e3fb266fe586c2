internal import DurableSteps
internal import ServerPilot

/// The changes of a recipe in place of its plan's changes, where time has decided otherwise than on the plan's copy.
///
/// The changes of a plan are its trunk. A branch leaves the trunk, or another branch, at a position. It makes its own
/// changes, and returns behind the changes that it replaces.
///
/// ```swift
/// func showBranches(of plan: Plan) {
///     for branch in plan.branches {
///         print("if \(branch.conditions.map(\.words).joined(separator: " and ")):")
///         for change in plan.replaced(by: branch) { print("  not \(change.words)") }
///         for change in branch.changes { print("  \(change.words)") }
///     }
/// }
/// ```
public struct PlanBranch: Hashable, Sendable {
    /// The coroutine's path without the numbers of its calls; changes in the same line are made in order.
    public let line: String
    /// The index in `Plan.branches` of the branch that it leaves; `nil` for the trunk.
    public let parent: Int?
    /// The number of the line's changes in the parent that come before the branch.
    public let before: Int
    /// The number of changes of the parent that it replaces.
    public let replaces: Int
    /// The conditions for taking the branch; all of them must be met.
    public let conditions: [PlanAnswer]
    /// The requests that change something, in their order.
    public let changes: [PlannedChange]
    /// The message with which the recipe fails after these changes; `nil` if it continues.
    public let failure: String?

    /// Creates a branch.
    package init(
        line: String, parent: Int?, before: Int, replaces: Int, conditions: [PlanAnswer], changes: [PlannedChange],
        failure: String? = nil
    ) {
        self.line = line
        self.parent = parent
        self.before = before
        self.replaces = replaces
        self.conditions = conditions
        self.changes = changes
        self.failure = failure
    }
}

extension Plan {
    /// The changes of the trunk and of all branches.
    public var allChanges: [PlannedChange] { changes + branches.flatMap(\.changes) }

    /// Returns the changes that a branch replaces.
    public func replaced(by branch: PlanBranch) -> [PlannedChange] {
        let all =
            branch.parent.map { branches[$0].changes } ?? changes.filter { $0.step.line == branch.line }
        return Array(all.dropFirst(branch.before).prefix(branch.replaces))
    }
}

extension StepID {
    /// The coroutine's path without the numbers of its calls; changes in the same line are made in order.
    package var line: String {
        place.description.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.split(separator: ".", omittingEmptySubsequences: false).dropFirst().joined(separator: ".")
        }.joined(separator: "/")
    }
}
