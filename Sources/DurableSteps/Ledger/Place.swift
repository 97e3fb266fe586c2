/// The part of a run in which steps are counted.
///
/// ```swift
/// let place = Place.immediate("time", in: .root)
/// print(place, place.isImmediate)            // /!time true
/// print(Place("/3.1.0") == .coroutine(.root))  // false
/// ```
public enum Place: Hashable, Sendable, CustomStringConvertible {
    /// The calls of a coroutine that take time.
    case coroutine(CoroutinePath)
    /// The calls of one function that returns at once, in one coroutine.
    ///
    /// They are counted apart, so that an additional call changes no other step's id.
    case immediate(String, in: CoroutinePath)
    /// The import of a module along a chain of modules, such as `site.lua > parts.lua`.
    case imported(by: String)
    /// The lookups of the run's parameters of one kind, such as `server`, before the recipe runs.
    case parameters(String)

    private static let importing = "/!import "
    private static let checking = "/parameters/"

    /// Whether the steps belong to functions that return at once.
    public var isImmediate: Bool {
        switch self {
        case .immediate, .imported: true
        case .coroutine, .parameters: false
        }
    }

    /// The coroutine that makes the steps; `nil` if the engine itself makes them.
    public var path: CoroutinePath? {
        switch self {
        case .coroutine(let path), .immediate(_, let path): path
        case .imported, .parameters: nil
        }
    }

    /// The text form: `/3.1.0`, `/3.1.0!time`, `/!import site.lua`, `/parameters/server`.
    ///
    /// It contains no colon, which ends it in the text of a step.
    public var description: String {
        switch self {
        case .coroutine(let path): path.description
        case .immediate(let function, let path): "\(path)!\(function)"
        case .imported(let chain): Self.importing + chain.replacing("%", with: "%25").replacing(":", with: "%3A")
        case .parameters(let kind): Self.checking + kind
        }
    }

    /// Parses the output of `description`; `nil` for anything else.
    public init?(_ text: String) {
        if text.hasPrefix(Self.importing) {
            let chain = String(text.dropFirst(Self.importing.count))
            self = .imported(by: chain.replacing("%3A", with: ":").replacing("%25", with: "%"))
        } else if text.hasPrefix(Self.checking) {
            self = .parameters(String(text.dropFirst(Self.checking.count)))
        } else {
            let parts = text.split(separator: "!", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, let path = CoroutinePath(first) else { return nil }
            self = parts.count == 1 ? .coroutine(path) : .immediate(String(parts[1]), in: path)
        }
        guard description == text else { return nil }
    }
}
