public import OrderedCollections
public import ServerPilot

/// What a recipe will do to an account, exactly, and what that rests on.
public struct Plan: Hashable, Sendable {
    /// A question and what the account said.
    public struct Answer: Hashable, Sendable {
        /// The question.
        public let reading: PlanReading
        /// The answer, as `PlanReading.answer(in:)` gives it.
        public let answer: JSONValue

        /// A question with its answer.
        public init(_ reading: PlanReading, _ answer: JSONValue) {
            self.reading = reading
            self.answer = answer
        }
    }

    /// What was planned for whom.
    public struct Header: Hashable, Sendable {
        /// The recipe's name.
        public var recipe: String
        /// A digest of its text.
        public var recipeDigest: String
        /// Its parameters.
        public var parameters: OrderedDictionary<String, String>
        /// A digest that tells the account from others.
        public var account: String
        /// The account, as people know it.
        public var accountName: String
        /// The seed of Lua's own random numbers.
        public var seed: UInt64
        /// The version of Lua.
        public var lua: String
        /// The version of the program.
        public var program: String
        /// When it was made.
        public var made: Timestamp

        /// A header.
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

    /// For whom and what.
    public var header: Header
    /// The requests that change something, in their order.
    public var changes: [PlannedChange]
    /// What comes instead where time decides otherwise than on the plan's copy.
    public var branches: [PlanBranch]
    /// What the plan rests on.
    public var answers: [Answer]
    /// What came from outside beside the account, by its steps: random numbers, digests of what was imported.
    public var draws: [StepID: JSONValue]
    /// Answers from outside as the recipe declared them, of what changes nothing there.
    public var declared: [DeclaredAnswer]
    /// The secrets that were generated, by name: the run that follows the plan uses the same.
    public var secrets: [String: Secret<String>]
    /// Things that deserve a person's attention, a sentence each.
    public var warnings: [String]
    /// What the plan cannot know for certain, a sentence each.
    public var assumptions: [String]
    /// How long the recipe took on the plan's clock, its waits included.
    public var duration: Duration

    /// A plan.
    public init(
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

    /// Ids that the plan made up: whoever reads it sees `(known after apply)`.
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

    /// Whether anything is expected to be done.
    public var hasChanges: Bool { changes.contains { $0.refusal == nil } }

    /// Whether anything can be done, as far as time decides it.
    public var canHaveChanges: Bool { allChanges.contains { $0.refusal == nil } }

    /// What takes the generated secrets out of all that is shown of the plan.
    public var redactor: Redactor { Redactor(secrets: secrets.values.map { $0.reveal() }) }

    /// Changes outside of the account that are expected to be done.
    public var countOutside: Int { changes.count { $0.refusal == nil && $0.isOutside } }

    /// Resources that are deleted with those that the plan deletes.
    public var countFallen: Int {
        changes.reduce(0) { $0 + ($1.refusal == nil ? $1.detail?.fallen.count ?? 0 : 0) }
    }

    /// Changes of branches, by what they do; not all of them can come together.
    public func countInBranches(_ effect: ServerPilot.Operation.Effect) -> Int {
        branches.flatMap(\.changes).count {
            $0.refusal == nil && ServerPilot.Operation.named($0.operation)?.effect == effect
        }
    }

    /// Changes that are expected to be done, by what they do.
    public func count(_ effect: ServerPilot.Operation.Effect) -> Int {
        changes.count { $0.refusal == nil && ServerPilot.Operation.named($0.operation)?.effect == effect }
    }
}
