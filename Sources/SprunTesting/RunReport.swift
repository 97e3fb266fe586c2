public import Groundwork
public import RecipeEngine
public import ServerPilotSimulator

/// The report on one run of a recipe on a `RecipeStage`.
///
/// ```swift
/// let report = await RecipeStage().run(#"print(sp.find_server{ name = "www1" }.name)"#)
/// #expect(report.printed == ["www1"])
/// #expect(report.exchanges == ["GET /servers 200"])
/// #expect(report.failure == nil && report.warnings.isEmpty)
/// ```
public struct RunReport: Sendable {
    /// The result of the run, or the reason why it failed.
    public let ending: Result<RecipeOutcome, RecipeFailure>
    /// The events of the run, in order.
    public let events: [RunEvent]
    /// The secrets that the run generated, as `name:length`.
    public let secrets: [String]
    /// The requests that the account received, in order.
    public let records: [RequestRecord]
    /// The virtual time that the run took.
    public let elapsed: Duration

    /// The outcome; `nil` if the run failed.
    public var outcome: RecipeOutcome? { try? ending.get() }

    /// The failure; `nil` if the run succeeded.
    public var failure: RecipeFailure? {
        if case .failure(let failure) = ending { failure } else { nil }
    }

    /// The value that the recipe's `run` returned, secrets included; `nil` for a plain script, or if the run failed.
    public var result: JSONValue? { outcome?.result?.reveal() }

    /// The requests as text, such as `POST /apps`.
    public var requests: [String] { records.map { "\($0.method) \($0.path)" } }

    /// The requests with the status of the reply, such as `POST /apps 200`.
    public var exchanges: [String] { records.map { "\($0.method) \($0.path) \($0.status)" } }

    /// The requests that could change something, as text.
    public var changes: [String] { requests.filter { !$0.hasPrefix("GET") } }

    /// The lines that the recipe printed.
    public var printed: [String] {
        events.compactMap { if case .printed(let text) = $0 { text } else { nil } }
    }

    /// The warnings.
    public var warnings: [String] {
        events.compactMap { if case .warned(let text, _) = $0 { text } else { nil } }
    }
}
