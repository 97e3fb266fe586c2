public import OrderedCollections
public import ServerPilot

/// One request of a plan that changes something, at ServerPilot or elsewhere.
public struct PlannedChange: Hashable, Sendable {
    /// What else is known of it, for people.
    public struct Detail: Hashable, Sendable {
        /// The thing as it was before; `nil` of a creation.
        public let before: JSONValue?
        /// The server that it happens on.
        public let server: String?
        /// What is deleted with it; ids of what the plan itself creates are made up.
        public let fallen: [Cascade.Resource]
        /// Other apps whose PHP-FPM restarts.
        public let neighbours: [String]
        /// How long the work on the server is likely to take.
        public let work: Duration?

        /// What is known.
        public init(
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

    /// Which step of the recipe it is.
    public let step: StepID
    /// The operation; of a change outside of the account the function with its module: `http.post`.
    public let operation: ServerPilot.Operation.Name
    /// Its arguments, with the ids of what is created as the plan made them up, and with secrets; empty outside of the
    /// account.
    public let arguments: JSONObject
    /// Where in the recipe it stands: `site.lua:12`.
    public let site: String
    /// `data` of the reply; null where it is refused.
    public let reply: JSONValue
    /// The id of the work that it queues, as the plan made it up.
    public let actionID: String?
    /// Why it is expected to be refused; `nil` where it is expected to be done.
    public let refusal: String?
    /// Of a change outside of the account, what people call what it is done to: `https://api.example/v2/droplets`.
    public let object: String?
    /// What else is known of it.
    public var detail: Detail?
    /// Of a change outside of the account, what is sent, by what it is (`script`, `stdin`, `content`, `body`), without
    /// secrets.
    public var contents: JSONObject = [:]

    /// A change.
    public init(
        step: StepID, operation: ServerPilot.Operation.Name, arguments: JSONObject, site: String, reply: JSONValue,
        actionID: String?, refusal: String?, object: String? = nil, detail: Detail? = nil
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

    /// Whether it is done outside of the account.
    public var isOutside: Bool { JournalEntry.isOutside(operation.rawValue) }

    /// It in a line: `sp.create_app acmesite at site.lua:12`.
    public var words: String {
        let known = detail?.before?["name"]?.stringValue ?? RunSession.name(of: arguments)
        let name = (isOutside ? object : known).map { " \($0)" } ?? ""
        return "\(JournalEntry.call(operation.rawValue))\(name)\(site.isEmpty ? "" : " at \(site)")"
    }
}
