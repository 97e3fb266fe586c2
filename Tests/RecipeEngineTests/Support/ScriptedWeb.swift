import RecipeEngine
import ServerPilot
import Synchronization

/// The web as a closure, which keeps what it was asked.
final class ScriptedWeb: WebClient {
    typealias Answer = Result<WebReply, WebFailure>

    private let asked = Mutex<[WebRequest]>([])
    private let answer: @Sendable (_ request: WebRequest, _ number: Int) -> Answer

    /// - Parameter answer: gets the request and which one it is, from 1.
    init(_ answer: @escaping @Sendable (_ request: WebRequest, _ number: Int) -> Answer) { self.answer = answer }

    /// Answers everything like that.
    convenience init(_ status: Int = 200, _ body: String = "", _ fields: [WebField?] = []) {
        self.init { _, _ in
            .success(WebReply(status: status, fields: fields.compactMap(\.self), body: Array(body.utf8)))
        }
    }

    var requests: [WebRequest] { asked.withLock { $0 } }
    /// The requests as `POST https://api.example/v2/things`.
    var lines: [String] { requests.map { "\($0.method) \($0.address)" } }

    func send(_ request: WebRequest) async throws(WebFailure) -> WebReply {
        let number = asked.withLock { asked in
            asked.append(request)
            return asked.count
        }
        return try answer(request, number).get()
    }

    /// Surroundings with this web.
    var surroundings: RecipeSurroundings { RecipeSurroundings(program: "0.1.0", web: self, outside: .real) }

    /// The web of a process that dies: before a request, or after it was done.
    func surroundings(_ fate: Fate) -> RecipeSurroundings {
        RecipeSurroundings(program: "0.1.0", web: MortalWeb(base: self, fate: fate), outside: .real)
    }
}

private struct MortalWeb: WebClient {
    let base: ScriptedWeb
    let fate: Fate

    func send(_ request: WebRequest) async throws(WebFailure) -> WebReply {
        guard fate.survives() else { throw Self.dead }
        let reply = try await base.send(request)
        guard fate.survives() else { throw Self.dead }
        return reply
    }

    private static let dead = WebFailure(.connectionLost, "the process is dead", delivery: .ambiguous)
}

extension Result where Success == WebReply, Failure == WebFailure {
    /// A reply in JSON.
    static func json(_ status: Int, _ body: String) -> Self {
        .success(
            WebReply(
                status: status, fields: [WebField("content-type", "application/json")].compactMap(\.self),
                body: Array(body.utf8)))
    }

    /// A lost answer.
    static var lost: Self {
        .failure(WebFailure(.connectionLost, "closed before the whole reply was there", delivery: .ambiguous))
    }
}
