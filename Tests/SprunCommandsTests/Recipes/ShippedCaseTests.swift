import Foundation
import Subprocess
import Testing

/// Every recipe that ships, planned, applied and planned again on simulated accounts, by `scripts/recipes/cases.json`.
@Suite("Shipped recipes, as users run them", .timeLimit(.minutes(10)))
struct ShippedCaseTests {
    struct Case: Decodable, Sendable {
        let arguments: [String]
        let account: String
        var converges: Bool?
        /// Only planned: a run would ask a provider.
        var planned: Bool?
        var changes: [String]?
        var fails: String?
        var files: [String: String]?
    }

    private struct Cases: Decodable {
        let simulate: [String]
        let recipes: [String: [Case]]
    }

    private static func cases() throws -> (Cases, accounts: [String: Any]) {
        let data = try Data(contentsOf: URL(fileURLWithPath: Installation.recipe("cases.json")))
        let all = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return (try JSONDecoder().decode(Cases.self, from: data), all?["accounts"] as? [String: Any] ?? [:])
    }

    static func names() throws -> [String] { try cases().0.recipes.keys.sorted() }

    @Test("plan, do what the case expects, and then plan no changes if the case converges", arguments: try names())
    func runs(_ recipe: String) async throws {
        let (cases, accounts) = try Self.cases()
        let of = try #require(cases.recipes[recipe])
        #expect(!of.isEmpty)
        for one in of {
            let user = try User()
            for (name, text) in one.files ?? [:] { try user.write(name, text) }
            var options = ["--speed", "600", "--log", "log.jsonl"] + cases.simulate
            if let account = accounts[one.account], !(account is NSNull) {
                try user.write(
                    "account.json", String(decoding: try JSONSerialization.data(withJSONObject: account), as: UTF8.self)
                )
                options += ["--seed-account", "account.json"]
            }
            _ = try await Simulation.with(user, options) { simulation in
                try await Self.run(recipe, one, user, simulation.environment)
            }
        }
    }

    private static func run(_ recipe: String, _ one: Case, _ user: User, _ environment: [String: String]) async throws {
        let words = [recipe] + one.arguments
        let line = words.joined(separator: " ")
        let planned = try await user.launch(["plan", "--out", "plan"] + words, environment: environment).run()
        if let fails = one.fails {
            #expect(planned.status != .exited(0) && planned.error.contains(fails), "\(line): \(planned)")
            #expect(try changes(user) == [])
            return
        }
        #expect(planned.status == .exited(0), "\(line): \(planned)")
        #expect(try changes(user) == [], "\(line) changed something while it was planned")
        if one.planned == true { return }
        let applied = try await user.launch(["apply", "--yes", "plan"], environment: environment).run()
        #expect(applied.status == .exited(0), "\(line): \(applied)")
        #expect(try changes(user) == (one.changes ?? []).sorted(), "\(line)")
        guard one.converges == true else { return }
        let again = try await user.launch(["plan", "--detailed-exitcode"] + words, environment: environment).run()
        #expect(again.status == .exited(0) && again.output.contains("No changes."), "\(line): \(again)")
    }

    /// The changes that the simulator did, by their operations, sorted.
    private static func changes(_ user: User) throws -> [String] {
        try user.read("log.jsonl").split(separator: "\n").compactMap { line in
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard let method = entry?["method"] as? String, method != "GET", entry?["status"] as? Int == 200 else {
                return nil
            }
            return entry?["operation"] as? String
        }.sorted()
    }

    @Test("are all in the program, under their names, and documented")
    func complete() async throws {
        let folder = URL(fileURLWithPath: Installation.recipe("cases.json")).deletingLastPathComponent()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".lua") }
            .map { String($0.dropLast(4)) }.sorted()
        #expect(names == (try Self.names()))
        let readme = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        let user = try User()
        for name in names {
            let shown = try await user.sprun("show", name, "--json")
            #expect(shown.status == .exited(0), "\(shown)")
            let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
            let header = object?["header"] as? [String: Any]
            #expect(header?["name"] as? String == name)
            #expect((header?["examples"] as? [String])?.isEmpty == false, "\(name) has no example")
            #expect(readme.contains("\(name).lua"), "\(name) is not in the README")
            let page = try await user.shell("\"$SPRUN\" doc \(name) --man | man --warnings -l - >/dev/null")
            #expect(page.status == .exited(0) && page.error == "", "\(name): \(page)")
        }
    }
}
