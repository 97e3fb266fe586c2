import DurableSteps
import Foundation
import RecipeEngine
import SprunTesting
import Testing

@testable import SprunCommands

/// The verbs take any store: here they run over the one in memory.
@Suite("Commands over a journal in memory")
struct MemoryJournalTests {
    private static let recipe = """
        local server = sp.find_server{ name = "www1" }
        local user, action = sp.create_sysuser{ serverid = server.id, name = "acme", password = sp.secret("user") }
        sp.wait{ action }
        """

    /// Does something with verbs whose account a simulator serves.
    private static func with(_ body: @escaping @Sendable (VerbBench) async throws -> Void) async throws {
        let user = try User()
        _ = try await Simulation.with(user, ["--speed", "200"]) { simulation in
            let bench = VerbBench(user, simulation.environment)
            try await body(bench)
            #expect(!user.has("home/state/journal.db"))
        }
    }

    @Test("run, runs, resume and show work, and the resumed run creates nothing twice")
    func resume() async throws {
        try await Self.with { bench in
            let site = try bench.user.write("site.lua", Self.recipe + "\nerror('not yet')")
            let run = try await bench.sprun("run", site)
            #expect(run.status == .unfinished, "\(run)")
            let header = try #require(try await bench.journal.store.runs().first).header
            #expect(run.error.contains("sprun resume \(header.id)"))

            let failed = try await bench.sprun("runs")
            #expect(failed.output.contains("\(header.id)  failed"), "\(failed)")

            try bench.user.write("site.lua", Self.recipe + "\nreturn { name = user.name }")
            let changed = try await bench.sprun("resume", header.id.rawValue)
            #expect(changed.status == .recipeChanged, "\(changed)")
            let resumed = try await bench.sprun("resume", "--accept-recipe-change", "--json")
            #expect(resumed.status == .done, "\(resumed)")
            #expect(resumed.output.contains(#""result":{"name":"acme"}"#), "\(resumed)")

            let done = try await bench.sprun("runs", "--json")
            #expect(done.output.contains(#""status":"done""#), "\(done)")
            let shown = try await bench.sprun("show", header.id.rawValue)
            #expect(shown.output.split(separator: "\n").count { $0.contains("create_sysuser") } == 1, "\(shown)")
            let entries = try await bench.journal.store.entries(of: header.id)
            #expect(entries.count(where: \.isChange) == 1)
        }
    }

    @Test("a plan is encrypted with the key of the store, and can be applied")
    func apply() async throws {
        try await Self.with { bench in
            let site = try bench.user.write("site.lua", Self.recipe)
            let plan = "\(bench.user.folder)/site.plan"
            let planned = try await bench.sprun("plan", "--out", plan, site)
            #expect(planned.status == .done, "\(planned)")
            let applied = try await bench.sprun("apply", plan)
            #expect(applied.status == .done, "\(applied)")
            #expect(applied.error.contains("1 created"), "\(applied)")
            let run = try #require(try await bench.journal.store.runs().first).header.id
            let undone = try await bench.sprun("undo", "--yes", run.rawValue)
            #expect(undone.status == .done, "\(undone)")
            let statuses = try await bench.journal.store.runs().map(\.status)
            #expect(statuses == [.done, .undone])
        }
    }

    @Test(
        "the store of the journal and the form of the output are each chosen in one file",
        arguments: [
            ("SQLiteRunStore", "Workspace/SQLiteJournal.swift"), ("JSONReporter(", "Options/OutputOptions.swift"),
        ])
    func choices(_ name: String, _ place: String) throws {
        let folder = String(#filePath).components(separatedBy: "/Tests/")[0] + "/Sources/SprunCommands"
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
        let naming = try files.filter {
            try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8).contains(name)
        }
        #expect(naming == [place])
    }
}
