public import ServerPilot

/// What a run met where only time decides: a fact, at a line of the recipe.
public struct PlanAnswer: Hashable, Sendable {
    /// The fact, with the id of its resource as the plan has it.
    public var subject: TimedSubject
    /// The line of the recipe that read it: `new-site.lua:101`.
    public let site: String
    /// Whether it held.
    public let holds: Bool

    /// An answer.
    public init(_ subject: TimedSubject, site: String, holds: Bool) {
        self.subject = subject
        self.site = site
        self.holds = holds
    }

    /// The fact as a sentence: `AutoSSL is available for the app 'acme'`.
    public var words: String { subject.fact.sentence(about: subject.name, holds: holds) }
}

/// What a recipe does in place of its plan's changes where time has decided otherwise than on the plan's copy.
///
/// The changes of a plan are its trunk. A branch leaves the trunk, or another branch, at a place, does its own changes,
/// and comes back behind those that it replaces.
public struct PlanBranch: Hashable, Sendable {
    /// The coroutine without the numbers of its calls: what is made in one such line is made in one order.
    public let line: String
    /// The branch that it leaves, by its place in `Plan.branches`; `nil` for the trunk.
    public let parent: Int?
    /// How many changes of the line come first, in the parent.
    public let before: Int
    /// How many changes of the parent it replaces.
    public let replaces: Int
    /// When it is taken: all of them were met.
    public let conditions: [PlanAnswer]
    /// The requests that change something, in their order.
    public let changes: [PlannedChange]
    /// With which message the recipe fails after them; `nil` where it goes on.
    public let failure: String?

    /// A branch.
    public init(
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

    /// The changes that a branch replaces.
    public func replaced(by branch: PlanBranch) -> [PlannedChange] {
        let all =
            branch.parent.map { branches[$0].changes } ?? changes.filter { $0.step.line == branch.line }
        return Array(all.dropFirst(branch.before).prefix(branch.replaces))
    }
}

extension StepID {
    /// The coroutine without the numbers of the calls that lead to it: what is made in one such line is made in one order.
    package var line: String {
        coroutine.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.split(separator: ".", omittingEmptySubsequences: false).dropFirst().joined(separator: ".")
        }.joined(separator: "/")
    }
}
