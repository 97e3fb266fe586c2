internal import Groundwork
public import LuaHost
public import ServerPilot

/// An event of a run, emitted as it happens.
///
/// No event contains a secret.
///
/// ```swift
/// func show(_ event: RunEvent) {
///     switch event {
///     case .printed(let line): print(line)
///     case .logged(let message, _): print(message)
///     case .warned(let message, let site): print("warning: \(site.map { "\($0): " } ?? "")\(message)")
///     case .changed(let change): print("\(change.operation.name) \(change.object), \(change.elapsed.shortText)")
///     case .performed(let outside): print("\(outside.name) \(outside.object)")
///     case .waited(let wait): print("\(wait.subject), \(wait.elapsed.shortText)")
///     case .item(let item): print("\(item.label ?? "item \(item.index + 1)"): \(item.state)")
///     case .running(let call): print("waiting for \(call.subject)")
///     case .returned: break
///     }
/// }
/// ```
public enum RunEvent: Sendable {
    /// A change that the API accepted.
    public struct Change: Sendable {
        /// The operation.
        public let operation: ServerPilot.Operation
        /// The resource's name if it has a name, otherwise its id.
        public internal(set) var object: String
        /// The changed resource or part in words: `app shop`, `SSL of app shop`, `SSH key laptop of system user olive`.
        public internal(set) var subject: String
        /// The resource's id, if the reply or the arguments contain it.
        public let id: String?
        /// The action that the change queued.
        public let actionID: ActionID?
        /// The time from sending to the reply.
        public let elapsed: Duration
    }

    /// A change made outside the account.
    public struct Outside: Sendable {
        /// The function with its module, such as `http.post`.
        public let name: String
        /// The target as shown to people.
        public internal(set) var object: String
        /// The time that the change took.
        public let elapsed: Duration
    }

    /// A wait for an action.
    public struct Wait: Sendable {
        /// The action.
        public let actionID: ActionID
        /// The action's origin in words: `create_app acmesite`; the action's id if the origin is unknown.
        public internal(set) var subject: String
        /// The time since the action was queued, or since the wait began if that is unknown.
        public let elapsed: Duration
    }

    /// A call that takes time, and what it waits for.
    public struct Call: Sendable {
        /// The number of the call; it is the same in all events of the call.
        public let id: Int
        /// The words behind "waiting for": `sp.create_app shop`, `AutoSSL of shop`.
        public internal(set) var subject: String
        /// The line of the recipe; `nil` if unknown.
        public internal(set) var site: LuaCallSite?
        /// The path of the coroutine that waits.
        public let path: LuaCoroutinePath
        /// The time since the wait began.
        public let elapsed: Duration
        /// The time until the call looks again; `nil` if it does not look.
        public let nextLook: Duration?
        /// The time until the call gives up; `nil` if it has no time limit.
        public let limit: Duration?
        /// The time until the wait is over; `nil` if unknown.
        public let end: Duration?
    }

    /// An item of `sp.all` or `sp.each` that started or ended.
    public struct Item: Sendable {
        /// The path of the coroutine that works on the item; its last step has the position.
        public let path: LuaCoroutinePath
        /// The number of items.
        public let count: Int
        /// The item in words, if it is a short text or has a name or an id.
        public internal(set) var label: String?
        /// Whether the item started, or how it ended.
        public let state: LuaItemState

        /// The position of the item, from 0.
        public var index: Int { path.steps.last?.index ?? 0 }
    }

    /// The recipe printed a line.
    case printed(String)
    /// A message of `sp.log` or of the engine, with the line of the recipe.
    case logged(String, at: LuaCallSite? = nil)
    /// A warning of the recipe or of the engine, with the line of the recipe.
    case warned(String, at: LuaCallSite? = nil)
    /// The API accepted a change.
    case changed(Change)
    /// A change outside the account was made.
    case performed(Outside)
    /// An action ended successfully.
    case waited(Wait)
    /// A call waits: emitted when the call begins, and whenever it waits for something else or looks again.
    case running(Call)
    /// The call with this number waits no longer.
    case returned(Int)
    /// An item of `sp.all` or `sp.each` started or ended.
    case item(Item)
}

extension RunEvent {
    /// Returns the event without secrets; a recipe can put one into the name of a resource.
    func redacted(by redactor: Redactor) -> RunEvent {
        switch self {
        case .printed(let text): return .printed(redactor.redact(text))
        case .logged(let text, let site): return .logged(redactor.redact(text), at: site?.redacted(by: redactor))
        case .warned(let text, let site): return .warned(redactor.redact(text), at: site?.redacted(by: redactor))
        case .changed(var change):
            (change.object, change.subject) = (redactor.redact(change.object), redactor.redact(change.subject))
            return .changed(change)
        case .performed(var outside):
            outside.object = redactor.redact(outside.object)
            return .performed(outside)
        case .waited(var wait):
            wait.subject = redactor.redact(wait.subject)
            return .waited(wait)
        case .running(var call):
            (call.subject, call.site) = (redactor.redact(call.subject), call.site?.redacted(by: redactor))
            return .running(call)
        case .returned: return self
        case .item(var item):
            item.label = item.label.map(redactor.redact)
            return .item(item)
        }
    }
}

extension LuaCallSite {
    /// Parses a place from the text that a step records; `nil` for an empty text.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let line = Int(text[text.index(after: colon)...]) else { return nil }
        self.init(source: String(text[..<colon]), line: line)
    }

    func redacted(by redactor: Redactor) -> Self { Self(source: redactor.redact(source), line: line) }
}

extension LuaFrame {
    func redacted(by redactor: Redactor) -> Self {
        Self(source: redactor.redact(source), line: line, function: redactor.redact(function))
    }
}
