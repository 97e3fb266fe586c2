import Foundation
import RecipeEngine
import Subprocess
import Testing

@testable import SprunCommands

@Suite("Help about functions, recipes and errors", .timeLimit(.minutes(5)))
struct HelpTopicTests {
    private static let functions = FunctionReference.modules.flatMap(\.functions)

    @Test("sprun alone shows the overview: groups of commands and examples, status 0")
    func bare() async throws {
        let user = try User()
        let run = try await user.sprun()
        #expect(run.status == .exited(0) && run.error.isEmpty, "\(run)")
        #expect(run.output == (try await user.sprun("--help")).output)
        #expect(run.output.contains("RECIPE SUBCOMMANDS") && run.output.contains("sprun help sp, http"))
    }

    @Test("sp lists each function on a line of 80 columns, by resource")
    func module() async throws {
        let run = try await User().sprun("help", "sp")
        #expect(run.status == .exited(0) && run.lines.allSatisfy { $0.count <= 80 }, "\(run)")
        for function in Self.functions where function.name.hasPrefix("sp.") {
            #expect(run.lines.count { $0.hasPrefix("  \(function.name) ") } == 1, "\(function.name)")
        }
        let apps = try #require(run.lines.firstIndex(of: "apps"))
        #expect(run.lines[apps + 1].hasPrefix("  sp.apps "))
        #expect(run.lines.last?.hasPrefix("One function: sprun help sp.") == true)
    }

    @Test("wide terminals get whole sentences")
    func wide() async throws {
        let run = try await User().sprun("help", "sp", environment: ["COLUMNS": "200"])
        #expect(!run.output.contains("…"))
    }

    @Test("a function has signature, fields, checks, results, errors with numbers, and an example")
    func function() async throws {
        let run = try await User().sprun("help", "sp.create_app")
        #expect(run.status == .exited(0) && run.lines.allSatisfy { $0.count <= 80 }, "\(run)")
        for text in [
            "sp.create_app{ name, sysuserid, runtime, … }", "a string, required.", "sprun\n",
            "checks: it must have 3 to 30 characters", "ServerPilot refuses", "App: id, ",
            "SP0306  The server already has an app with this name.", "SP0204  arguments break ServerPilot's rules",
            "\nexample\n", "sp.wait(action)",
        ] { #expect(run.output.contains(text), "\(text) is missing:\n\(run)") }
    }

    @Test("each function has a page, and JSON with the same facts", arguments: functions.map(\.name))
    func pages(_ name: String) async throws {
        let bench = VerbBench(try User(), [:])
        let shown = try await bench.sprun("help", name)
        #expect(shown.status == .done && shown.output.contains("\nexample\n"), "\(shown)")
        let json = try await bench.sprun("help", name, "--json")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect((object?["function"] as? [String: Any])?["name"] as? String == name)
    }

    @Test(
        "each example runs on the simulated account, as the page shows it",
        arguments: functions.filter { !$0.name.hasPrefix("param.") && $0.name != "recipe" }.map(\.name))
    func example(_ name: String) async throws {
        let function = try #require(Self.functions.first { $0.name == name })
        let run = try await VerbBench(try User(), [:]).sprun("run", "--simulate", "--yes", "-e", function.example)
        #expect(run.status == .done, "\(name): \(run)\n\(function.example)")
    }

    @Test("every code of an error on a page is in the catalogue")
    func codes() {
        let codes = Set(Self.functions.flatMap { $0.errors + $0.refusals.map(\.code) })
        #expect(codes.subtracting(FailureCatalogue.all.map(\.code)) == [])
        #expect(Set(FunctionReference.errorsOfEveryRequest).subtracting(FailureCatalogue.all.map(\.code)) == [])
    }

    @Test(
        "commands, modules, recipes and codes are topics",
        arguments: [
            ("run", "Run a recipe."), ("http", "http.post_json"), ("ssh", "ssh.copy"), ("dns", "dns.addresses"),
            ("param", "param.boolean"), ("recipe", "needs.create?"), ("import", "import(name)"),
            ("new-site", "needs"), ("SP0306", "sp.ensure_sysuser"),
        ])
    func topics(_ topic: String, _ text: String) async throws {
        let run = try await User().sprun("help", topic)
        #expect(run.status == .exited(0) && run.output.contains(text), "\(run)")
    }

    @Test(
        "an unknown topic gets the nearest topic",
        arguments: [
            ("create_app", "sprun help sp.create_app"), ("creat_app", "sprun help sp.create_app"),
            ("sp.get_server", "sprun help sp.find_server"), ("inventry", "sprun help inventory"),
            ("pln", "sprun help plan"), ("zzzzzzzz", "topics: commands, sp, http"),
        ])
    func unknown(_ topic: String, _ hint: String) async throws {
        let run = try await User().sprun("help", topic)
        #expect(run.status == .exited(64) && run.error.contains("= hint: \(hint)"), "\(run)")
    }

    @Test(
        "RECIPE --help shows the recipe's parameters, needs and result, as sprun show does",
        arguments: [
            ["run", "new-site", "--help"], ["plan", "new-site", "--help"], ["new-site", "--help"],
            ["run", "--simulate", "new-site", "-h"], ["help", "new-site"],
        ])
    func recipe(_ arguments: [String]) async throws {
        let user = try User()
        let run = try await user.launch(arguments).run()
        #expect(run.status == .exited(0), "\(run)")
        #expect(run.output == (try await user.sprun("show", "new-site")).output)
        #expect(run.output.contains("runtime  runtime, default newest") && run.output.contains("create \"sysusers\""))
    }
}
