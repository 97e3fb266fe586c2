import DurableSteps
import Foundation
import Groundwork
import OrderedCollections
import RecipeEngine
import RunJournal
import ServerPilot
import Subprocess
import Testing

/// Journals that earlier versions of sprun wrote, and what a run in a journal rests on.
@Suite("A journal on the disk", .timeLimit(.minutes(10)))
struct JournalFormatTests {
    /// A journal of format 1, as sprun wrote it before runs began in one transaction: a run that failed, one that asks for a
    /// decision, and an `apply` that was killed in the midst of its last creation.
    private static func golden(_ user: User) throws -> SQLiteRunStore {
        let state = "\(user.home)/state"
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        for name in ["journal.db", "journal.key"] {
            let path = "\(state)/\(name)"
            try FileManager.default.copyItem(atPath: Installation.fixture("journal-1/\(name)"), toPath: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        return try SQLiteRunStore(path: "\(state)/journal.db", keyPath: "\(state)/journal.key")
    }

    @Test("of format 1 is readable: runs, their plans, their recipes, their questions")
    func formatOne() async throws {
        let user = try User()
        let store = try Self.golden(user)
        let runs = try await store.runs()
        #expect(runs.map(\.header.id.rawValue) == ["equj8p", "gdtyf5", "r27x36"])
        #expect(runs.map(\.status) == [.unfinished, .stopped, .failed])
        #expect(runs.map(\.changes) == [2, 0, 2])
        let applied = try await store.entries(of: runs[0].header.id)
        #expect(try applied.plan()?.changes.count == 3)
        #expect(applied.recipeText == nil)
        #expect(applied.stumblingBlock?.operation == "create_db")
        let asking = try await store.entries(of: runs[1].header.id)
        #expect(String(decoding: try #require(asking.recipeText), as: UTF8.self).contains("create_sshkey"))
        #expect(asking.openQuestion?.stop?.decisions == [EffectDecision(.recreate), EffectDecision(.skip)])
        let failed = try await store.entries(of: runs[2].header.id)
        #expect(failed.stumblingBlock?.operation == "create_db")
        #expect(failed.result == nil && failed.failedWork(of: runs[2].header.id) == [])
        try await store.close()
        for run in runs {
            let shown = try await user.sprun("show", run.header.id.rawValue, "--all")
            #expect(shown.status == .exited(0) && shown.output.contains("continue with: sprun resume"), "\(shown)")
        }
    }

    private static let site = """
        local server = sp.find_server{ name = "www1" }
        local user = sp.create_sysuser{ serverid = server.id, name = "acme" }
        local app = sp.create_app{ name = "acme", sysuserid = user.id, runtime = "php8.3" }
        sp.create_db{ appid = app.id, name = "acme", user = { name = "acme", password = sp.secret("db") } }
        sp.update_server(server.id, { autoupdates = not server.autoupdates })
        """

    private static func firewall(_ isOn: String) -> String {
        #"local s = sp.find_server{ name = "www1" } sp.update_server(s.id, { firewall = \#(isOn) })"#
    }

    @Test("a resumed apply reads again what its plan depends on, and its own changes are no drift")
    func drift() async throws {
        let user = try User()
        try user.write("site.lua", Self.site)
        _ = try await Simulation.with(user, ["--speed", "600", "--fault", "create_db:first-2=402"]) { simulation in
            let environment = simulation.environment
            let planned = try await user.sprun("plan", "--out", "p", "site.lua", environment: environment)
            #expect(planned.status == .exited(0), "\(planned)")
            let first = try await user.sprun("apply", "p", environment: environment)
            #expect(first.status == .exited(3) && first.error.contains("SP0303"), "\(first)")
            let again = try await user.sprun("resume", environment: environment)
            #expect(
                again.status == .exited(3) && again.error.contains("SP0303"),
                "what it made itself is no drift: \(again)")
            let before = "not s.firewall"
            let rival = try await user.sprun(
                "run", "--no-journal", "-e", Self.firewall(before), environment: environment)
            #expect(rival.status == .exited(0), "\(rival)")
            let refused = try await user.sprun("resume", environment: environment)
            #expect(refused.status == .exited(6) && refused.error.contains("SP0802"), "\(refused)")
            #expect(refused.error.contains("www1") && refused.error.contains("firewall"), "\(refused)")
            #expect(refused.error.contains("earlier changes of the run stay; restore the account"), "\(refused)")
            #expect(!refused.error.contains("nothing was sent"), "\(refused)")
            let back = try await user.sprun(
                "run", "--no-journal", "-e", Self.firewall(before), environment: environment)
            #expect(back.status == .exited(0), "\(back)")
            let last = try await user.sprun("resume", environment: environment)
            #expect(last.status == .exited(0) && last.error.contains("1 created, 1 updated"), "\(last)")
        }
    }

    @Test("an unreadable plan in it stops the run")
    func unreadablePlan() async throws {
        let user = try User()
        try user.write("site.lua", Self.site)
        _ = try await Simulation.with(user, ["--speed", "600", "--fault", "create_sysuser:1=402", "--log", "log"]) {
            let environment = $0.environment
            let first = try await user.sprun("run", "site.lua", environment: environment)
            #expect(first.status != .exited(0), "\(first)")
            let store = try SQLiteRunStore(
                path: "\(user.home)/state/journal.db", keyPath: "\(user.home)/state/journal.key")
            var header = try #require(try await store.runs().first).header
            header.id = RunID(rawValue: "broken")
            let plan = JournalEntry(.plan(["header": 1]), at: header.started)
            try await store.begin(header, with: [plan], epoch: try await store.takeOver(header.account))
            try await store.close()
            let sent = try user.read("log")
            let refused = try await user.sprun("resume", "broken", environment: environment)
            #expect(refused.status == .exited(1) && refused.error.contains("SP0801"), "\(refused)")
            #expect(try user.read("log") == sent, "nothing was asked")
        }
    }
}
