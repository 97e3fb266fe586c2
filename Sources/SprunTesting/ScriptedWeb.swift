internal import Groundwork
public import RecipeEngine
public import ServerPilot

/// External APIs whose replies a closure makes, and which record all requests: the web behind a recipe's `http` calls.
///
/// ```swift
/// let recipe = #"print(http.get("https://api.example/things").json[1])"#
/// let web = ScriptedWeb { request, _ in request.method == "GET" ? .json(200, "[1]") : .json(201, #"{"id":7}"#) }
/// let report = await RecipeStage().run(recipe, surroundings: web.surroundings)
/// #expect(report.printed == ["1"])
/// ```
public final class ScriptedWeb: WebClient {
    /// A reply, or the reason why there is none.
    public typealias Answer = Result<WebReply, WebFailure>

    private let received = Recorder<WebRequest>()
    private let answer: @Sendable (_ request: WebRequest, _ number: Int) -> Answer

    /// Creates a web.
    ///
    /// - Parameter answer: Gets the request, and its number from 1.
    public init(_ answer: @escaping @Sendable (_ request: WebRequest, _ number: Int) -> Answer) {
        self.answer = answer
    }

    /// Creates a web that gives the same reply to every request.
    ///
    /// - Parameters:
    ///   - status: The HTTP status; 200 by default.
    ///   - body: The body; empty by default.
    ///   - fields: The header fields; `nil` elements are skipped.
    public convenience init(_ status: Int = 200, _ body: String = "", _ fields: [WebField?] = []) {
        self.init { _, _ in
            .success(WebReply(status: status, fields: fields.compactMap(\.self), body: Array(body.utf8)))
        }
    }

    /// All requests, in order.
    public var requests: [WebRequest] { received.all }

    /// All requests as text, such as `POST https://api.example/v2/things`.
    public var lines: [String] { requests.map { "\($0.method) \($0.address)" } }

    /// Records the request and returns the closure's reply.
    ///
    /// - Throws: the `WebFailure` that the closure returns.
    public func send(_ request: WebRequest) async throws(WebFailure) -> WebReply {
        try answer(request, received.number(adding: request)).get()
    }

    /// The surroundings of a run that sends real requests to this web.
    public var surroundings: RecipeSurroundings {
        RecipeSurroundings(program: RecipeStage.program, web: self, outside: .real)
    }
}

extension Result where Success == WebReply, Failure == WebFailure {
    /// A reply in JSON.
    public static func json(_ status: Int, _ body: String) -> Self {
        .success(
            WebReply(
                status: status, fields: [WebField("content-type", "application/json")].compactMap(\.self),
                body: Array(body.utf8)))
    }

    /// A lost reply: the API may have executed the request.
    public static var lost: Self {
        .failure(WebFailure(.connectionLost, "closed before the whole reply was there", delivery: .ambiguous))
    }
}
