public import LuaHost
public import ServerPilot

/// What happens in a run, as it happens.
///
/// No event holds a secret.
public enum RunEvent: Sendable {
    /// A change that the API has accepted.
    public struct Change: Sendable {
        /// What was called.
        public let operation: ServerPilot.Operation
        /// The thing's name, where it has one, else its id.
        public let object: String
        /// What was changed, in words: `app shop`, `SSL of app shop`, `SSH key laptop of system user olive`.
        public let subject: String
        /// The thing's id, where the reply has one.
        public let id: String?
        /// The work that was queued.
        public let actionID: ActionID?
        /// From sending to the reply.
        public let elapsed: Duration
    }

    /// A change outside of the account that was made.
    public struct Outside: Sendable {
        /// The function with its module: `http.post`.
        public let name: String
        /// What people call what it was done to.
        public let object: String
        /// How long it took.
        public let elapsed: Duration
    }

    /// A wait for an action.
    public struct Wait: Sendable {
        /// The action.
        public let actionID: ActionID
        /// What it belongs to, in words: `create_app acmesite`; the id where that is not known.
        public let subject: String
        /// Since the action was queued, or since the wait began where that is not known.
        public let elapsed: Duration
    }

    /// The recipe printed a line.
    case printed(String)
    /// The recipe said something with `sp.log`, or the engine says what it does, and the line of the recipe.
    case logged(String, at: LuaCallSite? = nil)
    /// The recipe or the engine warned, and the line of the recipe.
    case warned(String, at: LuaCallSite? = nil)
    /// A change was accepted.
    case changed(Change)
    /// A change outside of the account was made.
    case performed(Outside)
    /// An action is waited for: at the beginning, and whenever it was seen to be open.
    case waiting(Wait)
    /// An action ended well.
    case waited(Wait)
}

// A recipe may give a thing a name that holds a secret.

extension RunEvent.Change {
    func redacted(by redactor: Redactor) -> Self {
        Self(
            operation: operation, object: redactor.redact(object), subject: redactor.redact(subject), id: id,
            actionID: actionID, elapsed: elapsed)
    }
}

extension LuaCallSite {
    /// The place again that a step keeps as a text; `nil` for an empty one.
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
