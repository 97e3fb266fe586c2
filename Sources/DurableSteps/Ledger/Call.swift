/// The name of the operation or function that a step calls.
///
/// ```swift
/// let creation = Call.own("create_app")
/// let request = Call.outside("http.post")
/// print(creation.name, request.isOutside)  // create_app true
/// ```
public enum Call: Hashable, Sendable {
    /// An operation of the account, or a function of the engine, such as `create_app` or `wait`.
    case own(String)
    /// A function that reaches beyond the account, with its module, such as `http.post`.
    case outside(String)

    /// Creates a call from its name as journals of format 1 and plans record it.
    ///
    /// There, names of functions beyond the account have a dot, because a module comes before it; others have none.
    public init(recorded name: String) { self = name.contains(".") ? .outside(name) : .own(name) }

    /// The name.
    public var name: String {
        switch self {
        case .own(let name), .outside(let name): name
        }
    }

    /// Whether the call reaches beyond the account.
    public var isOutside: Bool { if case .outside = self { true } else { false } }
}
