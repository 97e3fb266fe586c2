import Foundation
import Subprocess
import Testing

/// `sprun runs --prune` forgets nothing that nobody else knows.
@Suite("Pruning runs", .timeLimit(.minutes(5)))
struct PruneTests {
    private static let recipe = """
        local server = sp.find_server{ name = "www1" }
        local password = sp.secret("password")
        sp.ensure_sysuser{ serverid = server.id, name = "acme", password = password }
        return { password = password }
        """

    private static func ids(_ user: User) async throws -> [String] {
        let runs = try await user.sprun("runs")
        return runs.lines.dropFirst().compactMap { $0.split(separator: " ").first.map(String.init) }
    }

    private static func with(
        _ body: @escaping @Sendable (User, [String: String]) async throws -> Void
    ) async throws {
        let user = try User()
        try user.write("site.lua", recipe)
        _ = try await Simulation.with(user, ["--speed", "600"]) { try await body(user, $0.environment) }
    }

    @Test("needs a confirmation: without a terminal and --yes, no run is deleted")
    func asked() async throws {
        try await Self.with { user, environment in
            let code = #"sp.create_sshkey{ name = "k", public_key = "ssh-rsa AAAA" }"#
            _ = try await user.sprun("run", "-e", code, environment: environment)
            let refused = try await user.sprun("runs", "--prune")
            #expect(refused.status == .exited(64) && refused.error.contains("--yes"), "\(refused)")
            let declined = try await user.sprunOnTerminal(
                ["runs", "--prune"], answers: [(prompt: "Delete 1 run? [y/N] ", answer: "n")])
            #expect(declined.status == .exited(1), "\(declined)")
            #expect(try await Self.ids(user).count == 1)
            let agreed = try await user.sprunOnTerminal(
                ["runs", "--prune"], answers: [(prompt: "Delete 1 run? [y/N] ", answer: "y")])
            #expect(agreed.status == .exited(0), "\(agreed)")
            #expect(try await Self.ids(user) == [])
        }
    }

    @Test("keeps a run until its generated secrets were shown", arguments: [true, false])
    func unshown(_ byFile: Bool) async throws {
        try await Self.with { user, environment in
            let words = byFile ? ["run", "--result", "r.json", "site.lua"] : ["run", "--json", "site.lua"]
            _ = try await user.launch(words, environment: environment).run()
            let id = try #require(try await Self.ids(user).first)
            let pruned = try await user.sprun("runs", "--prune", "--yes")
            #expect(pruned.status == .exited(0), "\(pruned)")
            #expect(try await Self.ids(user) == (byFile ? [] : [id]))
            guard !byFile else { return }
            #expect(pruned.error.contains("sprun show \(id) --reveal"), "\(pruned)")
            let shown = try await user.sprunOnTerminal(["show", id, "--reveal"])
            #expect(shown.output.contains(#/password +[A-Za-z0-9]{24}/#), "\(shown)")
            #expect(try await user.sprun("show", id).output.contains("done"))
            _ = try await user.sprun("runs", "--prune", "--yes")
            #expect(try await Self.ids(user) == [])
        }
    }

    @Test("deletes a run whose secret was never sent, without showing the secret")
    func unsent() async throws {
        try await Self.with { user, environment in
            let code = "\nsp.create_sshkey{ name = 'k', public_key = 'ssh-rsa AAAA' }\nreturn"
            for text in [Self.recipe, Self.recipe.replacing("\nreturn", with: code)] {
                try user.write("site.lua", text)
                _ = try await user.sprun("run", "--json", "site.lua", environment: environment)
            }
            let ids = try await Self.ids(user)
            let revealed = try await user.sprunOnTerminal(["show", ids[0], "--reveal"])
            #expect(revealed.output.contains("generated, never sent"), "\(revealed)")
            #expect(!revealed.output.contains(#/password +[A-Za-z0-9]{24}/#), "\(revealed)")
            _ = try await user.sprun("runs", "--prune", "--yes")
            #expect(try await Self.ids(user) == [ids[1]])
        }
    }

    @Test("never deletes a run that another process executes, and an account has one lock under all its names")
    func underWay() async throws {
        let user = try User()
        try await Judge.with(.hold, user) { judge in
            let code = #"sp.create_sysuser{ serverid = "srvAAAAAAAAAAAA1", name = "acme", password = sp.secret("p") }"#
            let launch = try user.launch(["run", "-e", code], environment: judge.environment)
            let (run, _) = try await launch.run { program in
                try await judge.says("change POST")
                let pruned = try await user.sprun("runs", "--prune", "--all", "--yes")
                #expect(pruned.status == .exited(0) && pruned.error.contains("is kept"), "\(pruned)")
                #expect(try await Self.ids(user).count == 1)
                let url = judge.url.replacingOccurrences(of: "127.0.0.1", with: "localhost")
                for other in [url, url.replacingOccurrences(of: "localhost", with: "[::1]")] {
                    let second = try await user.sprun(
                        "run", "-e", "sp.servers()",
                        environment: judge.environment.merging(["SERVERPILOT_API_URL": other]) { $1 })
                    #expect(second.status == .exited(5), "\(second)")
                }
                await judge.answer()
            }
            #expect(run.status == .exited(0), "\(run)")
            let pruned = try await user.sprun("runs", "--prune", "--all", "--yes")
            #expect(pruned.status == .exited(0), "\(pruned)")
            #expect(try await Self.ids(user) == [])
        }
    }
}
