import Groundwork
import OrderedCollections
import RecipeEngine
import RecipePlanner
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

/// A machine on which ServerPilot's installer runs: it connects the server whose id and key it is given.
private final class Machine: Sendable {
    private let account = Mutex<SimulatedServerPilot?>(nil)
    private let installed = Recorder<String>()

    /// The ids with which the installer ran, since the last time.
    func takeInstalled() -> [String] { installed.take() }

    func belongs(to serverPilot: SimulatedServerPilot) { account.withLock { $0 = serverPilot } }

    func shell(_ end: ShellResult = ShellResult(status: 0), connects: Bool = true) -> ScriptedShell {
        ScriptedShell { [self] script, input in
            let lines = input.split(separator: "\n").map(String.init)
            guard script.contains("--server-apikey="), lines.count == 2 else {
                return (.success(ShellResult(status: 0)), [])
            }
            installed.add(lines[0])
            if connects, end.status == 0 {
                let isConnected = account.withLock { serverPilot in
                    serverPilot?.change { account, now in
                        account.connect(ServerID(lines[0]), key: Secret(lines[1]), address: "192.0.2.7", at: now)
                    }
                }
                #expect(isConnected == true, "the installer got a wrong key")
            }
            return (.success(end), ["installing with \(lines[1])"])
        }
    }
}

@Suite("sp.connect_server", .timeLimit(.minutes(5)))
struct ConnectTests {
    private static let connect = """
        local server, status = sp.connect_server{ name = "www9", ssh = { host = "192.0.2.7", user = "root" } }
        sp.result{ id = server.id, address = server.lastaddress, connected = server.lastconn ~= nil, status = status }
        """

    private static func named(_ name: String, _ serverPilot: SimulatedServerPilot) -> [String] {
        serverPilot.account.servers.values.filter { $0.name == name }.map(\.id.rawValue)
    }

    @Test("creates the record, runs the installer with id and key, and waits for the connection and the action")
    func connects() async throws {
        let (runner, machine) = (RecipeStage(), Machine())
        machine.belongs(to: runner.serverPilot)
        let shell = machine.shell()
        let report = await runner.run(Self.connect, surroundings: shell.surroundings())
        let ids = Self.named("www9", runner.serverPilot)
        #expect(report.result?["status"] == "created" && report.result?["connected"] == true, "\(report)")
        #expect(report.result?["address"] == "192.0.2.7")
        #expect(ids.count == 1 && machine.takeInstalled() == ids)
        #expect(shell.scripts.count == 2 && shell.scripts[0] == "exit 0")
        let said = report.events.map { "\($0)" }.joined()
        #expect(said.contains("installing with <redacted>"))
        let action = try #require(runner.serverPilot.account.actions.values.last)
        #expect(action.status(at: runner.clock.now) == .success)

        let again = await runner.run(Self.connect, surroundings: shell.surroundings())
        #expect(again.result?["status"] == "unchanged" && again.changes.isEmpty, "\(again)")
        #expect(shell.scripts.count == 2, "a server that has connected is not reached")
    }

    @Test("a run that crashes anywhere resumes to one record, one installation and the same result")
    func dying() async throws {
        let whole = Machine()
        let shell = whole.shell()
        let first = DurableRunner(Self.connect, surroundings: { shell.surroundings($0) })
        whole.belongs(to: first.serverPilot)
        let fate = Fate()
        #expect(try await first.live(fate).result?["connected"] == true)
        #expect(fate.moments > 12)
        for moment in 1...fate.moments {
            let machine = Machine()
            let shell = machine.shell()
            let runner = DurableRunner(Self.connect, surroundings: { shell.surroundings($0) })
            machine.belongs(to: runner.serverPilot)
            let life = try await runner.live(Fate(dyingAt: moment))
            guard life.failure != nil else { continue }
            let second = try await runner.live()
            #expect(second.result?["connected"] == true, "\(moment): \(second.failure?.description ?? "")")
            let ids = Self.named("www9", runner.serverPilot)
            #expect(ids.count == 1, "\(moment)")
            #expect(machine.takeInstalled() == ids, "\(moment)")
        }
    }

    @Test(
        "after the reply with the key is lost, the record is recreated",
        arguments: ["reply_lost", "closed", "503,effect=done", "truncated", "late"])
    func lostKey(fault: String) async throws {
        let machine = Machine()
        let shell = machine.shell()
        let faults = FaultPlan([try Fault(text: "create_server:1=\(fault)")])
        let runner = DurableRunner(Self.connect, faults: faults, surroundings: { shell.surroundings($0) })
        machine.belongs(to: runner.serverPilot)
        let life = try await runner.live()
        #expect(life.result?["connected"] == true, "\(life.failure?.description ?? "")")
        #expect(Self.named("www9", runner.serverPilot) == machine.takeInstalled())
    }

    @Test("the record of a lost reply is not recreated past the limit of deletions")
    func lostKeyAndNoDeletions() async throws {
        let machine = Machine()
        let shell = machine.shell()
        let faults = FaultPlan([try Fault(text: "create_server:1=reply_lost")])
        let runner = DurableRunner(Self.connect, faults: faults, surroundings: { shell.surroundings($0) })
        machine.belongs(to: runner.serverPilot)
        var limits = RunLimits()
        limits.deletions = 0
        let life = try await runner.live(limits: limits)
        #expect(life.failure?.code == "too_many_changes", "\(life.failure?.description ?? "")")
        #expect(!life.requests.contains { $0.hasPrefix("DELETE") })
        let made = Self.named("www9", runner.serverPilot)
        limits.deletions = 1
        let second = try await runner.live(limits: limits)
        #expect(second.result?["connected"] == true && second.summary?.deleted == 1, "\(second)")
        #expect(!made.isEmpty && Self.named("www9", runner.serverPilot) != made)
    }

    @Test(
        "a late request that seemed lost leaves no second record",
        arguments: ["late,after=12s,patience=2s", "late,after=25s,patience=2s"])
    func latecomer(fault: String) async throws {
        var random = SeededRandom(seed: 5)
        var settings = AccountSettings()
        // Where ServerPilot takes a second server of one name, nothing else stops it.
        try settings.rules.set("server-name-unique", on: false)
        let machine = Machine()
        let shell = machine.shell()
        let runner = DurableRunner(
            Self.connect, account: Account.demo(at: RecipeStage.start, random: &random, settings: settings),
            faults: FaultPlan([try Fault(text: "create_server:1=\(fault)")]), surroundings: { shell.surroundings($0) })
        machine.belongs(to: runner.serverPilot)
        let life = try await runner.live()
        #expect(life.result?["connected"] == true, "\(life.failure?.description ?? "")")
        #expect(life.requests.contains { $0.hasPrefix("DELETE /servers/") }, "it came")
        #expect(Self.named("www9", runner.serverPilot) == machine.takeInstalled())
    }

    @Test("a record that never connected is replaced on request, if it is unused")
    func replaces() async throws {
        let (runner, machine) = (RecipeStage(), Machine())
        machine.belongs(to: runner.serverPilot)
        let shell = machine.shell()
        let made = await runner.run(#"sp.create_server{ name = "www9" }"#)
        #expect(made.failure == nil)
        let old = Self.named("www9", runner.serverPilot)
        let refused = await runner.run(Self.connect, surroundings: shell.surroundings())
        #expect(refused.failure?.code == RecipeError.neverConnected && refused.changes.isEmpty)
        let replacing = Self.connect.replacing("ssh = {", with: "replace_unconnected = true, ssh = {")
        let user = #"sp.create_sysuser{ serverid = "\#(old[0])", name = "acme" }"#
        #expect(await runner.run(user).failure == nil)
        let used = await runner.run(replacing, surroundings: shell.surroundings())
        #expect(used.failure?.code == RecipeError.neverConnected && used.changes.isEmpty)
        #expect(used.failure?.message.contains("acme") == true)
        let gone = #"sp.delete_sysuser(sp.find_sysuser{ serverid = "\#(old[0])", name = "acme" }.id)"#
        #expect(await runner.run(gone).failure == nil)
        let replaced = await runner.run(replacing, surroundings: shell.surroundings())
        #expect(replaced.result?["status"] == "created", "\(replaced)")
        let new = Self.named("www9", runner.serverPilot)
        #expect(new.count == 1 && new != old)
    }

    @Test("a machine that cannot be reached leaves no record")
    func unreachable() async throws {
        let runner = RecipeStage()
        let shell = ScriptedShell(failures: { _ in ShellFailure(.loginRefused, "no such key", delivery: .notSent) })
        let report = await runner.run(Self.connect, surroundings: shell.surroundings())
        #expect(report.failure?.code == "ssh_login_refused" && report.changes.isEmpty, "\(report)")
        #expect(Self.named("www9", runner.serverPilot).isEmpty)
    }

    @Test("a failed installer is an error with its last output; resuming runs it again for the same record")
    func failing() async throws {
        let machine = Machine()
        let failing = Mutex(true)
        let (bad, good) = (
            machine.shell(ShellResult(status: 3, error: Array("this system is not supported".utf8))), machine.shell()
        )
        let runner = DurableRunner(
            Self.connect, surroundings: { (failing.withLock { $0 } ? bad : good).surroundings($0) })
        machine.belongs(to: runner.serverPilot)
        let first = try await runner.live()
        #expect(first.failure?.code == "ssh_exit")
        #expect(first.failure?.message.contains("this system is not supported") == true)
        let record = Self.named("www9", runner.serverPilot)
        #expect(machine.takeInstalled() == record)
        failing.withLock { $0 = false }
        let second = try await runner.live()
        #expect(second.result?["connected"] == true, "\(second.failure?.description ?? "")")
        #expect(Self.named("www9", runner.serverPilot) == record && machine.takeInstalled() == record)
        #expect(Set(bad.markers).isDisjoint(with: good.markers))
    }

    @Test("a machine that does not connect is an error at the timeout, with the server's name and id")
    func silent() async throws {
        let (runner, machine) = (RecipeStage(), Machine())
        machine.belongs(to: runner.serverPilot)
        let shell = machine.shell(connects: false)
        let report = await runner.run(
            Self.connect.replacing("ssh = {", with: #"timeout = "10m", ssh = {"#), surroundings: shell.surroundings())
        let id = try #require(Self.named("www9", runner.serverPilot).first)
        #expect(report.failure?.code == RecipeError.waitTimedOut)
        #expect(report.failure?.message.contains("www9") == true && report.failure?.message.contains(id) == true)
        #expect(report.elapsed >= .seconds(600) && report.elapsed < .seconds(630))
    }

    @Test(
        "invalid options are rejected before anything is created",
        arguments: [
            #"name = "www9", ssh = true"#, #"name = "www9", ssh = {}"#, #"name = "www9", ssh = { hots = "a" }"#,
            #"nmae = "www9""#, #"name = "WWW""#, #"name = "www9", installer = "http://example.com/x""#,
            #"name = "www9", installer = "http://127.0.0.1:80@example.com/x""#,
            #"name = "www9", installer = "https://example.com/'; reboot'""#, #"name = "www9", timeout = "x""#,
            #"name = "www9", replace_unconnected = 1"#,
        ])
    func refused(options: String) async throws {
        let runner = RecipeStage()
        let shell = ScriptedShell()
        let report = await runner.run("sp.connect_server{ \(options) }", surroundings: shell.surroundings())
        #expect(report.failure != nil && report.requests.isEmpty && shell.connections == 0, "\(report)")
    }

    @Test("it requires the needs of all its parts")
    func needs() async throws {
        func recipe(_ needs: String) -> String {
            """
            return recipe { name = "r", version = "1.0.0", summary = "R", needs = \(needs), run = function()
                \(Self.connect.replacing("sp.result{", with: "local _ = {"))
            end }
            """
        }
        let runner = RecipeStage()
        let machine = Machine()
        machine.belongs(to: runner.serverPilot)
        let shell = machine.shell()
        for needs in ["{}", #"{ create = { "servers" } }"#, "{ ssh = true }"] {
            let report = await runner.run(recipe(needs), surroundings: shell.surroundings())
            #expect(report.failure?.code == RecipeError.notGranted && report.changes.isEmpty, "\(report)")
        }
        let granted = recipe(#"{ create = { "servers" }, ssh = true }"#)
        #expect(await runner.run(granted, surroundings: shell.surroundings()).failure == nil)
    }

    @Test("in a plan and a simulation the server connects automatically, without SSH")
    func declared() async throws {
        let runner = RecipeStage()
        let shell = ScriptedShell()
        var surroundings = shell.surroundings(outside: .declared)
        let serverPilot = runner.serverPilot
        surroundings.connects = { id in
            serverPilot.change { account, now in _ = account.connect(id, address: "192.0.2.1", at: now) }
        }
        let report = await runner.run(Self.connect, surroundings: surroundings)
        #expect(report.result?["connected"] == true && shell.connections == 0, "\(report)")
    }

    @Test("user data runs the installer with id and key, and the key is redacted in output")
    func userData() async throws {
        let runner = RecipeStage()
        let report = await runner.run(
            """
            local server = sp.create_server{ name = "www9" }
            local data = sp.cloud_init(server)
            sp.log(data)
            sp.result{ data = data, key = server.apikey, id = server.id }
            """)
        let data = try #require(report.result?["data"]?.stringValue)
        let (id, key) = (report.result?["id"]?.stringValue ?? "-", report.result?["key"]?.stringValue ?? "-")
        #expect(data.hasPrefix("#!/bin/sh\n") && data.contains("'\(id)'") && data.contains("'\(key)'"))
        #expect(!report.events.contains { "\($0)".contains(key) })
        for wrong in ["{ id = 'a' }", "{}", "sp.servers()[1]", "{ id = \"a'b\", apikey = 'x' }"] {
            let report = await runner.run("sp.cloud_init(\(wrong))")
            #expect(report.failure != nil, "\(wrong)")
        }
    }
}
