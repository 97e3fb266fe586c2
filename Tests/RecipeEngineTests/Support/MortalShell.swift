import Groundwork
import RecipeEngine
import ServerPilot
import SprunTesting

extension ScriptedShell {
    /// The hosts of a process that dies: before a script, or after it was begun.
    func surroundings(_ fate: Fate, outside: OutsideWorld = .real) -> RecipeSurroundings {
        RecipeSurroundings(
            program: RecipeStage.program, shell: MortalShell(base: self, fate: fate), outside: outside)
    }
}

/// The shell of a process that dies: before a script, or after it was begun.
private struct MortalShell: RemoteShell {
    let base: ScriptedShell
    let fate: Fate

    private static let dead = ShellFailure(.connectionLost, "the process is dead", delivery: .ambiguous)

    func run(
        _ script: ShellScript, on host: ShellHost, progress: @escaping @Sendable (ShellLine) async -> Void
    ) async throws(ShellFailure) -> ShellResult {
        guard fate.survives() else { throw Self.dead }
        let result = try await base.run(script, on: host, progress: progress)
        guard fate.survives() else { throw Self.dead }
        return result
    }

    func copy(_ file: ShellFile, to host: ShellHost) async throws(ShellFailure) -> Bool {
        guard fate.survives() else { throw Self.dead }
        let isNew = try await base.copy(file, to: host)
        guard fate.survives() else { throw Self.dead }
        return isNew
    }

    func forget(_ marker: String, on host: ShellHost) async { await base.forget(marker, on: host) }
}
