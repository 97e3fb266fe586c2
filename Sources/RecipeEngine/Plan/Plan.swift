package import DurableSteps
public import Groundwork
public import OrderedCollections
public import ServerPilot

/// The exact changes that a recipe will make in an account, and the answers that they depend on.
///
/// ```swift
/// func show(_ plan: Plan) {
///     for change in plan.changes { print(change.words) }
///     for warning in plan.warnings { print("warning: \(warning)") }
///     print("\(plan.count(.create)) to create, \(plan.count(.delete)) to delete, in \(plan.duration.shortText)")
/// }
/// ```
public struct Plan: Hashable, Sendable {
    // Large: it mirrors the document of a plan.
    /// A question to the account, with its answer.
    package struct Answer: Hashable, Sendable {
        /// The question.
        package let reading: PlanReading
        /// The answer, as returned by `PlanReading.answer(in:)`.
        package let answer: JSONValue

        /// Creates a question with its answer.
        package init(_ reading: PlanReading, _ answer: JSONValue) {
            self.reading = reading
            self.answer = answer
        }
    }

    /// The recipe, the account and the origin of a plan.
    public struct Header: Hashable, Sendable {
        // Large: it mirrors the header in the document of a plan.
        /// The name of the recipe.
        public var recipe: String
        /// A digest of the recipe's text.
        public var recipeDigest: String
        /// The parameters of the recipe.
        public var parameters: OrderedDictionary<String, String>
        /// A digest that identifies the account.
        public var account: String
        /// The account as shown to people.
        public var accountName: String
        /// The seed of Lua's random numbers.
        public var seed: UInt64
        /// The version of Lua.
        public var lua: String
        /// The version of the program.
        public var program: String
        /// The time when the plan was made.
        public var made: Timestamp

        /// Creates a header.
        public init(
            recipe: String, recipeDigest: String, parameters: OrderedDictionary<String, String>, account: String,
            accountName: String, seed: UInt64, lua: String, program: String, made: Timestamp
        ) {
            self.recipe = recipe
            self.recipeDigest = recipeDigest
            self.parameters = parameters
            self.account = account
            self.accountName = accountName
            self.seed = seed
            self.lua = lua
            self.program = program
            self.made = made
        }
    }

    /// The recipe, the account and the origin of the plan.
    public var header: Header
    /// The requests that change something, in their order.
    public var changes: [PlannedChange]
    /// Changes that replace others where time decides otherwise than on the plan's copy of the account.
    public var branches: [PlanBranch]
    /// The answers that the plan depends on.
    package var answers: [Answer]
    /// Values from outside the account, by step: random numbers, digests of imported modules.
    package var draws: [StepID: JSONValue]
    /// The replies that the recipe declared for reads outside the account.
    package var declared: [DeclaredAnswer]
    /// The generated secrets, by name: the run that follows the plan uses the same.
    public var secrets: [String: Secret<String>]
    /// Facts that deserve a person's attention, one sentence each.
    public var warnings: [String]
    /// Assumptions that the plan cannot verify, one sentence each.
    public var assumptions: [String]
    /// The time that the recipe took on the plan's clock, including its waits.
    public var duration: Duration

    /// Creates a plan.
    package init(
        header: Header, changes: [PlannedChange], branches: [PlanBranch] = [], answers: [Answer],
        draws: [StepID: JSONValue] = [:], declared: [DeclaredAnswer] = [], secrets: [String: Secret<String>] = [:],
        warnings: [String] = [],
        assumptions: [String] = [],
        duration: Duration = .zero
    ) {
        self.header = header
        self.changes = changes
        self.branches = branches
        self.answers = answers
        self.draws = draws
        self.declared = declared
        self.secrets = secrets
        self.warnings = warnings
        self.assumptions = assumptions
        self.duration = duration
    }

    /// The names of ids that the plan made up; a reader of the plan sees `(known after apply)` instead.
    public var madeUpIDs: [String: String] {
        var names: [String: String] = [:]
        for change in allChanges {
            let isCreation = ServerPilot.Operation.named(change.operation)?.effect == .create
            if isCreation, let id = change.reply["id"]?.stringValue {
                names[id] = change.reply["name"]?.stringValue ?? id
                if let user = change.reply["user"], let id = user["id"]?.stringValue {
                    names[id] = user["name"]?.stringValue ?? id
                }
            }
            if let id = change.actionID { names[id] = "action" }
        }
        return names
    }

    /// Whether the plan expects any change.
    public var hasChanges: Bool { changes.contains { $0.refusal == nil } }

    /// Whether any change is possible, depending on what time decides.
    public var canHaveChanges: Bool { allChanges.contains { $0.refusal == nil } }

    /// The redactor that removes the generated secrets from all output about the plan.
    public var redactor: Redactor { Redactor(secrets: secrets.values.map { $0.reveal() }) }

    /// The number of expected changes outside the account.
    public var countOutside: Int { changes.count { $0.refusal == nil && $0.isOutside } }

    /// The number of resources deleted along with those that the plan deletes.
    public var countFallen: Int {
        changes.reduce(0) { $0 + ($1.refusal == nil ? $1.detail?.fallen.count ?? 0 : 0) }
    }

    /// Returns the number of changes in branches with that effect; not all branches can be taken together.
    public func countInBranches(_ effect: ServerPilot.Operation.Effect) -> Int {
        Self.count(effect, in: branches.flatMap(\.changes))
    }

    /// Returns the number of expected changes with that effect.
    public func count(_ effect: ServerPilot.Operation.Effect) -> Int {
        Self.count(effect, in: changes)
    }

    private static func count(_ effect: ServerPilot.Operation.Effect, in changes: [PlannedChange]) -> Int {
        changes.count { $0.refusal == nil && ServerPilot.Operation.named($0.operation)?.effect == effect }
    }
}
