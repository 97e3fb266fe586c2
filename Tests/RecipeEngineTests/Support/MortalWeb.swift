import Groundwork
import RecipeEngine
import ServerPilot
import SprunTesting

extension ScriptedWeb {
    /// The web of a process that dies: before a request, or after it was done.
    func surroundings(_ fate: Fate) -> RecipeSurroundings {
        RecipeSurroundings(program: RecipeStage.program, web: MortalWeb(base: self, fate: fate), outside: .real)
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
