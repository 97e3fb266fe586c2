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
///     case .waiting(let wait), .waited(let wait): print("\(wait.subject), \(wait.elapsed.shortText)")
///     }
/// }
/// ```
public enum RunEvent: Sendable {
    /// A change that the API accepted.
    public struct Change: Sendable {
        /// The operation.
        public let operation: ServerPilot.Operation
        /// The resource's name if it has a name, otherwise its id.
        public let object: String
        /// The changed resource or part in words: `app shop`, `SSL of app shop`, `SSH key laptop of system user olive`.
        public let subject: String
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
        public let object: String
        /// The time that the change took.
        public let elapsed: Duration
    }

    /// A wait for an action.
    public struct Wait: Sendable {
        /// The action.
        public let actionID: ActionID
        /// The action's origin in words: `create_app acmesite`; the action's id if the origin is unknown.
        public let subject: String
        /// The time since the action was queued, or since the wait began if that is unknown.
        public let elapsed: Duration
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
    /// The run waits for an action: emitted at the beginning, and whenever the action is seen open.
    case waiting(Wait)
    /// An action ended successfully.
    case waited(Wait)
}

// Names are redacted too: a recipe can put a secret into the name of a resource.

extension RunEvent.Change {
    func redacted(by redactor: Redactor) -> Self {
        Self(
            operation: operation, object: redactor.redact(object), subject: redactor.redact(subject), id: id,
            actionID: actionID, elapsed: elapsed)
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

extension RunEvent.Outside {
    func redacted(by redactor: Redactor) -> Self {
        Self(name: name, object: redactor.redact(object), elapsed: elapsed)
    }
}

extension RunEvent.Wait {
    func redacted(by redactor: Redactor) -> Self {
        Self(actionID: actionID, subject: redactor.redact(subject), elapsed: elapsed)
    }
}
