import Foundation
import Subprocess
import Testing

/// Each page's files are written into one new folder, and its commands typed there, one after the other, as a reader
/// does.
@Suite("The commands of a page")
struct GuideTests {
    private static let top = String(#filePath).components(separatedBy: "/Tests/")[0]
    private static let guides =
        ["README.md", "scripts/recipes/README.md", "scripts/recipes/providers/README.md"]
        + ["Connecting", "Durability", "Fleets", "Recipes", "SSH", "Sharing", "Web"].map {
            "Sources/RecipeEngine/RecipeEngine.docc/\($0).md"
        } + [
            "Sources/RecipePlanner/RecipePlanner.docc/Plans.md",
            "Sources/ServerPilotSimulator/ServerPilotSimulator.docc/Simulator.md", firstHour,
        ]
    /// The page for newcomers, whose commands run the installed program, in an empty folder.
    private static let firstHour = "Sources/SprunCommands/SprunCommands.docc/GettingStarted.md"

    @Test("succeed, and print the output that the page shows", arguments: guides)
    func commands(path: String) async throws {
        let guide = try Guide(path, in: Self.top)
        let user = try User()
        let programs: String
        if path == Self.firstHour {
            programs = try await installed(for: user)
        } else {
            programs = try Installation.folder()
            // Other pages show what to type at the top of the checkout.
            try FileManager.default.createSymbolicLink(
                atPath: "\(user.folder)/scripts", withDestinationPath: "\(Self.top)/scripts")
        }
        var shell = GuideShell()
        for block in guide.blocks where block.reasonNotRun == nil {
            switch block.content {
            case .file(let name, let text): try user.write(name, text)
            case .commands(let commands): for command in commands { shell.add(command, showsOutput: false) }
            case .session(let commands): for command in commands { shell.add(command, showsOutput: true) }
            }
        }
        let ended = try await Launch(
            program: "/bin/bash", arguments: ["-c", shell.script],
            environment: user.environment([
                "HOME": user.folder, "PATH": programs + ":" + Installation.searchPath,
                "GIT_AUTHOR_NAME": "A Reader", "GIT_AUTHOR_EMAIL": "reader@example.org",
                "GIT_COMMITTER_NAME": "A Reader", "GIT_COMMITTER_EMAIL": "reader@example.org",
            ]), folder: user.folder, user: user
        ).run()
        for (command, problem) in shell.problems(ended.output) {
            Issue.record("\(path):\(command.line): \(command.text)\n\(problem)")
        }
        #expect(ended.status == .exited(0), "\(ended.error)")
    }

    /// Installs the programs that were built with the tests, as the page says, and returns the folder of `sprun`.
    private func installed(for user: User) async throws -> String {
        let prefix = user.folder + "/.local"
        let run = try await Launch(
            program: Installation.script("install"), arguments: ["--prefix", prefix],
            environment: user.environment(["SPRUN_BUILT": try Installation.folder()]), folder: user.folder, user: user
        ).run()
        #expect(run.status == .exited(0), "\(run)")
        return prefix + "/bin"
    }

    @Test("are skipped only if they need an account, a terminal, or a full build")
    func leftOut() throws {
        let reasons = try Self.guides.flatMap { try Guide($0, in: Self.top).blocks }.compactMap(\.reasonNotRun)
        #expect(Set(reasons).isSubset(of: ["it needs an account", "it builds everything"]))
        #expect(reasons.count <= 4)
    }

    @Test("every page is tested")
    func allPages() throws {
        let found = ["Sources", "scripts"].flatMap { folder in
            (FileManager.default.enumerator(atPath: "\(Self.top)/\(folder)")?.allObjects as? [String] ?? [])
                .filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
        }
        for path in found where !Self.guides.contains(path) && !path.hasPrefix("Sources/SprunCommands/Shipped/") {
            let hasCommands = try Guide(path, in: Self.top).blocks.contains {
                if case .file = $0.content { false } else { true }
            }
            #expect(!hasCommands, "\(path) has commands, and no test types them")
        }
    }
}
