public import DurableSteps
public import Groundwork
public import OrderedCollections
public import ServerPilot

/// A planned request that changes something, at ServerPilot or elsewhere.
///
/// ```swift
/// func show(_ change: PlannedChange) {
///     if let refusal = change.refusal { return print("\(change.words) will fail: \(refusal)") }
///     print(change.words, "about", (change.detail?.work ?? .zero).shortText)
///     for resource in change.detail?.fallen ?? [] { print("  deletes \(resource.kind.spokenName) \(resource.name)") }
/// }
/// ```
public struct PlannedChange: Hashable, Sendable {
    // Large: it mirrors a change in the document of a plan.
    /// Additional facts about the change, for people.
    public struct Detail: Hashable, Sendable {
        /// The resource before the change; `nil` for a creation.
        public let before: JSONValue?
        /// The server of the change.
        public let server: String?
        /// The resources deleted with it; ids of resources that the plan itself creates are made up.
        public let fallen: [Cascade.Resource]
        /// The names of other apps in which PHP-FPM restarts.
        public let neighbours: [String]
        /// The likely duration of the work on the server.
        public let work: Duration?

        /// Creates the facts.
        package init(
            before: JSONValue?, server: String?, fallen: [Cascade.Resource], neighbours: [String],
            work: Duration?
        ) {
            self.before = before
            self.server = server
            self.fallen = fallen
            self.neighbours = neighbours
            self.work = work
        }
    }

    /// The step of the recipe that makes the change.
    public let step: StepID
    /// The operation; for a change outside the account, the function with its module, such as `http.post`.
    public let operation: ServerPilot.Operation.Name
    /// The arguments, including secrets and ids that the plan made up; empty for a change outside the account.
    public let arguments: JSONObject
    /// The place in the recipe, such as `site.lua:12`.
    public let site: String
    /// The `data` of the reply; null if the change is refused.
    public let reply: JSONValue
    /// The id of the action that the change queues, as the plan made it up.
    public let actionID: String?
    /// The reason for an expected refusal; `nil` if the change is expected to succeed.
    public let refusal: String?
    /// For a change outside the account, the target as shown to people: `https://api.example/v2/droplets`.
    public let object: String?
    /// Additional facts about the change.
    public var detail: Detail?
    /// For a change outside the account, the content to send by argument name (`script`, `stdin`, `content`, `body`),
    /// without secrets.
    public var contents: JSONObject = [:]

    /// Creates a change.
    package init(
        step: StepID, operation: ServerPilot.Operation.Name, arguments: JSONObject, site: String,
        reply: JSONValue = .null, actionID: String? = nil, refusal: String? = nil, object: String? = nil,
        detail: Detail? = nil
    ) {
        self.object = object
        self.step = step
        self.operation = operation
        self.arguments = arguments
        self.site = site
        self.reply = reply
        self.actionID = actionID
        self.refusal = refusal
        self.detail = detail
    }

    /// Whether the change is outside the account.
    public var isOutside: Bool { Call(recorded: operation.rawValue).isOutside }

    /// The change in one line: `sp.create_app acmesite at site.lua:12`.
    public var words: String {
        let known = detail?.before?["name"]?.stringValue ?? AccountKnowledge.name(in: arguments)
        let name = (isOutside ? object : known).map { " \($0)" } ?? ""
        return "\(Call(recorded: operation.rawValue).words)\(name)\(site.isEmpty ? "" : " at \(site)")"
    }
}
