import Foundation
import Subprocess
import Testing

/// A run that changes nothing leaves nothing in the journal, and sprun offers no command that needs its record.
@Suite("A run that changes nothing", .timeLimit(.minutes(5)))
struct UnrecordedRunTests {
    private static let reads = """
        local names = {}
        for i, app in ipairs(sp.apps()) do names[i] = app.name end
        sp.secret("unused")
        return { first = names[1] }
        """
    private static let creates = #"sp.create_sshkey{ name = "k", public_key = "ssh-rsa AAAA" }"#

    private struct Event: Decodable {
        let event: String
        let run: String?
    }

    private static func events(_ run: Finished) throws -> [Event] {
        try run.lines.map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
    }

    private static func with(
        _ body: @escaping @Sendable (User, [String: String]) async throws -> Void
    ) async throws {
        let user = try User()
        _ = try await Simulation.with(user, ["--speed", "600", "--port", "0"]) { try await body(user, $0.environment) }
    }

    @Test("makes no write to the journal and waits for no disk", .enabled(if: Installation.canTrace, "no strace"))
    func calls() async throws {
        try await Self.with { user, environment in
            func calls(_ code: String) async throws -> (syncs: Int, writes: Int) {
                let run = try await user.shell(
                    #"strace -f -y -qq -e trace=fsync,fdatasync,write,pwrite64,writev -o calls "$SPRUN" run -e "$CODE""#,
                    environment: environment.merging(["CODE": code]) { $1 })
                #expect(run.status == .exited(0), "\(run)")
                let lines = try user.read("calls").split(separator: "\n")
                let syncs = lines.count { $0.contains(" fsync(") || $0.contains(" fdatasync(") }
                return (
                    syncs,
                    lines.count {
                        $0.contains("write") && ($0.contains("journal.db>") || $0.contains("journal.db-wal>"))
                    }
                )
            }
            // Creates the journal.
            _ = try await user.sprun("run", "-e", "sp.servers()", environment: environment)
            let none = try await calls(Self.reads)
            #expect(none == (0, 0))
            let one = try await calls(Self.creates)
            // The intent with the beginning of the run, the outcome, the end; two of SQLite to begin its log, two to empty it.
            #expect(one.syncs == 7, "\(one)")
            #expect(one.writes > 0, "\(one)")
        }
    }

    @Test("is not listed, ends without an id, and a program learns the id of a run when it is recorded")
    func listed() async throws {
        try await Self.with { user, environment in
            let text = try await user.sprun("run", "-e", Self.reads, environment: environment)
            #expect(text.status == .exited(0) && text.error.contains("nothing changed"), "\(text)")
            #expect(!text.error.contains("run "), "\(text)")
            let failed = try await user.sprun("run", "-e", Self.reads + " .. nil", environment: environment)
            #expect(failed.status == .exited(1) && !failed.error.contains("sprun resume"), "\(failed)")
            let silent = try await user.sprun("run", "--json", "-e", Self.reads, environment: environment)
            #expect(try Self.events(silent).map(\.event) == ["started", "result", "ended"], "\(silent)")
            let runs = try await user.sprun("runs")
            #expect(
                runs.output.isEmpty && runs.error.contains("runs that changed nothing, are not recorded"), "\(runs)")

            let changed = try await user.sprun("run", "--json", "-e", Self.creates, environment: environment)
            let events = try Self.events(changed)
            #expect(events.map(\.event) == ["started", "recorded", "changed", "ended"], "\(changed)")
            let id = try #require(events[1].run)
            #expect(try await user.sprun("runs").lines.dropFirst().map { String($0.prefix(6)) } == [id])
            #expect(events[0].run == nil)
        }
    }

    @Test("cannot be resumed, and sprun says that it can run again")
    func resumed() async throws {
        let user = try User()
        try await Judge.with(.actionOpen, user) { judge in
            let run = try await user.launch(["run", "-e", "sp.wait('actX')"], environment: judge.environment).run {
                try await judge.says("request GET /v1/actions/actX")
                try $0.send(.interrupt)
            }.program
            #expect(run.status == .exited(130), "\(run)")
            #expect(
                run.error.hasSuffix("Nothing was changed, so there is nothing to resume. Run the recipe again.\n"),
                "\(run)")
            for words in [["resume"], ["resume", "abcdef"]] {
                let none = try await user.launch(words, environment: judge.environment).run()
                #expect(none.status == .exited(64), "\(none)")
                #expect(none.error.contains("a run that changed nothing is not recorded"), "\(none)")
            }
        }
    }

    @Test("says after a second signal that nothing was changed")
    func twice() async throws {
        let user = try User()
        try await Judge.with(.actionOpen, user) { judge in
            let code = "sp.wait('actX') local n = 0 while true do n = n + 1 end"
            let run = try await user.launch(["run", "-e", code], environment: judge.environment).run {
                try await judge.says("request GET /v1/actions/actX")
                try $0.send(.interrupt)
                try $0.send(.terminate)
            }.program
            #expect([.exited(130), .exited(143)].contains(run.status), "\(run)")
            #expect(!run.error.contains("sprun resume"), "\(run)")
        }
    }

    @Test("leaves nothing when it applies a plan without changes, and an undo is recorded before it deletes")
    func plans() async throws {
        try await Self.with { user, environment in
            let ensures = #"sp.ensure_sshkey{ name = "k", public_key = "ssh-rsa AAAA" }"#
            try user.write("key.lua", ensures)
            let made = try await user.sprun("run", "key.lua", environment: environment)
            #expect(made.status == .exited(0), "\(made)")
            _ = try await user.sprun("plan", "--out", "key.plan", "key.lua", environment: environment)
            let applied = try await user.sprun("apply", "key.plan", environment: environment)
            #expect(applied.status == .exited(0) && applied.error.contains("nothing changed"), "\(applied)")
            #expect(try await user.sprun("runs").lines.count == 2)
            let id = try #require(try await user.sprun("runs").lines.last).prefix(6)
            let undone = try await user.sprun("undo", "--yes", String(id), environment: environment)
            #expect(undone.status == .exited(0), "\(undone)")
            let runs = try await user.sprun("runs")
            #expect(runs.lines.count == 3 && runs.lines[2].contains("  undone  "), "\(runs)")
            #expect(runs.lines[1].contains("undo of \(id)"), "\(runs)")
        }
    }

    @Test("holds its account like any other run")
    func holds() async throws {
        let user = try User()
        try await Judge.with(.actionOpen, user) { judge in
            _ = try await user.launch(["run", "-e", "sp.wait('actX')"], environment: judge.environment).run {
                try await judge.says("request GET /v1/actions/actX")
                let second = try await user.sprun("run", "-e", Self.reads, environment: judge.environment)
                #expect(second.status == .exited(5) && second.error.contains("SP0108"), "\(second)")
                try $0.send(.terminate)
            }
        }
    }
}
