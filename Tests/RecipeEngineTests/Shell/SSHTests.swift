import Groundwork
import OrderedCollections
import RecipePlanner
import ServerPilot
import SprunTesting
import Synchronization
import Testing

@testable import RecipeEngine

@Suite("ssh for recipes", .timeLimit(.minutes(2)))
struct SSHTests {
    private static func run(
        _ lua: String, on shell: ScriptedShell, outside: OutsideWorld = .real, files: (any LocalFiles)? = nil
    ) async -> RunReport {
        await RecipeStage().run(lua, surroundings: shell.surroundings(outside: outside, files: files))
    }

    private static let host = #"host = "192.0.2.7", user = "root""#

    @Test("a script returns its result and streams its lines, with secrets redacted")
    func answer() async throws {
        let shell = ScriptedShell { _, input in
            let result = ShellResult(status: 0, output: Array("got \(input)".utf8), error: Array("e".utf8), dropped: 3)
            return (
                .success(result), ["one", "secret \(input)", "-----BEGIN RSA PRIVATE KEY-----", "MII", "-----END x"]
            )
        }
        let report = await Self.run(
            """
            local secret = sp.secret("password")
            local r = ssh.run{ \(Self.host), script = "echo", stdin = secret }
            sp.result{ status = r.status, right = r.stdout == "got " .. secret:reveal(), stderr = r.stderr, dropped = r.dropped }
            """, on: shell)
        #expect(report.result == ["dropped": 3, "right": true, "status": 0, "stderr": "e"], "\(report)")
        let lines = report.events.compactMap { if case .logged(let line, _) = $0 { line } else { nil } }
        #expect(lines == ["root@192.0.2.7: one", "root@192.0.2.7: secret <redacted>"])
        #expect(shell.forgotten == shell.markers && shell.markers.count == 1)
    }

    @Test("an exit status other than 0 is an error with the last lines")
    func exit() async throws {
        let shell = ScriptedShell { _, _ in
            (.success(ShellResult(status: 4, output: [], error: Array("a\nb\nno space left\n".utf8))), [])
        }
        let report = await Self.run(
            """
            local ok, e = pcall(ssh.run, { \(Self.host), script = "x" })
            sp.result{ code = e.code, status = e.status, message = e.message, object = e.object }
            """, on: shell)
        #expect(report.result?["code"] == "ssh_exit" && report.result?["status"] == 4, "\(report)")
        #expect(report.result?["message"]?.stringValue?.hasSuffix("exited with status 4: a; b; no space left") == true)
        #expect(report.result?["object"] == "root@192.0.2.7")
    }

    @Test("the quoted output of a script shows no part of a secret, wherever the quote begins")
    func quotedSecrets() async {
        for after in 380...400 {
            let shell = ScriptedShell { _, input in
                let said = "xxxxx \(input)" + String(repeating: "y", count: after)
                return (.success(ShellResult(status: 4, output: [], error: Array(said.utf8))), [])
            }
            let report = await Self.run(
                """
                local secret = sp.secret("password")
                local ok, e = pcall(ssh.run, { \(Self.host), script = "x", stdin = secret })
                sp.result{ ok = ok, has = e.message:find(secret:reveal():sub(-4), 1, true) ~= nil }
                """, on: shell)
            #expect(report.result == ["has": false, "ok": false], "\(after): \(report)")
        }
    }

    @Test("an invalid host is quoted completely or not at all")
    func quotedHosts() async {
        for length in [70, 79, 90] {
            let report = await Self.run(
                "ssh.run{ host = '-' .. ('x'):rep(\(length)) .. 'canary', script = 'x' }", on: ScriptedShell())
            let message = report.failure?.message ?? ""
            #expect(message.contains("is not a valid"), "\(message)")
            #expect(message.contains("xx") == message.contains("canary"), "\(message)")
        }
    }

    @Test("the content of a file in a plan contains no secret in any encoding")
    func plannedContent() async throws {
        let lua = """
            pcall(sp.update_sysuser, sp.sysusers()[1].id, { password = "canary-clé-🔑" })
            ssh.copy{ \(Self.host), content = "key = canary-clé-🔑\\né", to = "/etc/key" }
            """
        let plan = try await PlannedRunner(lua, surroundings: ScriptedShell().surroundings()).plan().plan
        let content = plan.changes.compactMap { $0.contents["content"]?.stringValue }
        #expect(content == ["key = <redacted>\n\u{C3}\u{A9}"])
    }

    @Test(
        "invalid options are rejected before any connection",
        arguments: [
            #"{ script = "x" }"#, #"{ host = "-oProxyCommand=x", script = "x" }"#, #"{ host = "a" }"#,
            #"{ host = "a", script = "x", sript = "y" }"#, #"{ host = "a", script = "x", port = 0 }"#,
            #"{ host = "a", script = "x", host_key = "MD5:1" }"#, #"{ host = "a", script = "x", identity = "key" }"#,
            #"{ host = "a", script = "x", timeout = "9 parsecs" }"#,
            #"{ host = "a", script = "x", planned = { code = 1 } }"#,
        ])
    func refused(options: String) async {
        let shell = ScriptedShell()
        let report = await Self.run("ssh.run\(options)", on: shell)
        #expect(report.failure != nil)
        #expect(shell.connections == 0)
    }

    @Test("a recipe with a header needs ssh")
    func need() async {
        func recipe(_ needs: String) -> String {
            """
            return recipe { name = "r", version = "1.0.0", summary = "R", needs = \(needs), run = function()
                ssh.run{ \(Self.host), script = "x" }
            end }
            """
        }
        let shell = ScriptedShell()
        #expect(await Self.run(recipe("{}"), on: shell).failure?.code == RecipeError.notGranted)
        #expect(shell.connections == 0)
        #expect(await Self.run(recipe("{ ssh = true }"), on: shell).failure == nil)
        #expect(shell.scripts == ["x"])
    }

    private static let granted = #"ssh = { "192.0.2.7" }"#

    @Test(
        "a recipe reaches only granted hosts, through granted jump hosts",
        arguments: [
            (granted, "", true), (#"ssh = { "192.0.2.8", "192.0.2.70" }"#, "", false), ("ssh = {}", "", false),
            ("ssh = true", "", true), (granted, "accept_new = true", true),
            // Through others.
            (granted, #"jump = "root@192.0.2.9:22""#, false), (granted, #"jump = "192.0.2.7""#, true),
            (#"ssh = { "192.0.2.7", "192.0.2.9", "fe80::9" }"#, #"jump = "a@192.0.2.9:2222,[fe80::9]:22""#, true),
            (#"ssh = { "192.0.2.7", "192.0.2.9" }"#, #"jump = "a@192.0.2.9:2222,[fe80::9]:22""#, false),
            // As somebody else, and believing others.
            (granted, #"identity = "/home/anna/.ssh/id_ed25519""#, false),
            (granted + #", read = { "./files" }"#, #"identity = "/project/files/key""#, true),
            ("ssh = true", #"identity = "/home/anna/.ssh/id_ed25519""#, false),
            (granted, #"known_hosts = "/home/anna/.ssh/authorized_keys""#, false),
            (granted + #", read = { "./files" }"#, #"known_hosts = "/project/files/known""#, true),
            (granted + #", read = { "./files" }"#, #"known_hosts = "/project/files/known", accept_new = true"#, false),
            ("ssh = true", #"known_hosts = "/home/anna/.ssh/authorized_keys", accept_new = true"#, false),
        ])
    func grants(needs: String, options: String, isGranted: Bool) async {
        for call in ["run{ script = 'x', ", "copy{ content = 'x', to = '/etc/a', "] {
            let shell = ScriptedShell()
            let report = await Self.run(
                """
                return recipe { name = "r", version = "1.0.0", summary = "R", needs = { \(needs) }, run = function()
                    ssh.\(call) \(Self.host), \(options) }
                end }
                """, on: shell, files: TextFiles())
            #expect(report.failure?.code == (isGranted ? nil : RecipeError.notGranted), "\(report)")
            #expect(isGranted || shell.connections == 0)
            if !isGranted { #expect(report.failure?.hint != nil) }
        }
    }

    @Test("a machine is connected only if its host was granted")
    func connectGrants() async {
        for (needs, code) in [(#"{ "a" }"#, nil), (#"{ "b" }"#, RecipeError.notGranted)] {
            let shell = ScriptedShell()
            let report = await Self.run(
                """
                return recipe { name = "r", version = "1.0.0", summary = "R",
                    needs = { create = { "servers" }, ssh = \(needs) },
                    run = function() sp.connect_server{ name = "www9", ssh = { host = "a" } } end }
                """, on: shell, outside: .declared)
            #expect(code == nil || report.failure?.code == code, "\(report)")
            #expect(code == nil || !report.changes.contains("POST /servers"), "\(report)")
        }
    }

    @Test("a host or file passed as a parameter is granted")
    func givenGrants() async {
        func recipe(_ needs: String) -> String {
            """
            return recipe { name = "r", version = "1.0.0", summary = "R", needs = { \(needs) },
                params = { host = param.string{ default = "192.0.2.9" }, key = param.string{} },
                run = function(p) ssh.run{ host = p.host, identity = p.key, script = "x" } end }
            """
        }
        func code(_ needs: String, _ parameters: [String: String]) async -> String? {
            let surroundings = ScriptedShell().surroundings(outside: .real, files: TextFiles())
            return await RecipeStage().run(recipe(needs), parameters: parameters, surroundings: surroundings)
                .failure?.code
        }
        #expect(await code("", ["host": "192.0.2.7", "key": "/keys/mine"]) == nil)
        #expect(await code("", [:]) == RecipeError.notGranted)
        #expect(await code(#"ssh = { "192.0.2.9" }"#, [:]) == nil)
    }

    @Test("a module is granted no more than its importer")
    func moduleGrants() async {
        let module = """
            return recipe { name = "m", version = "1.0.0", summary = "M", needs = { ssh = true },
                params = { host = param.string{} },
                run = function(p) ssh.run{ host = p.host, script = "x" } end }
            """
        let shell = ScriptedShell()
        var surroundings = shell.surroundings(outside: .real, files: TextFiles())
        surroundings.importer = TextImporter(texts: ["far/m": module])
        surroundings.program = "0.1.0"
        let report = await RecipeStage().run(
            """
            local m = import "far/m"
            return recipe { name = "r", version = "1.0.0", summary = "R", needs = { ssh = { "a" } }, run = function()
                m{ host = "a" }
                m{ host = "b" }
            end }
            """, surroundings: surroundings)
        #expect(report.failure?.code == RecipeError.notGranted, "\(report)")
        #expect(
            report.failure?.message.contains(
                "'test.lua' imports 'far/m', but its own needs do not include 'b' by ssh") == true)
        #expect(shell.scripts == ["x"])
    }

    @Test("sprun waits for a host that boots, not for a host that rejects the login")
    func waiting() async {
        let down = ShellFailure(.notReached, "it does not answer")
        let shell = ScriptedShell(failures: { $0 < 4 ? down : nil })
        let report = await Self.run(#"ssh.run{ \#(Self.host), script = "x", wait = "5m" }"#, on: shell)
        #expect(report.failure == nil && shell.scripts == ["exit 0", "x"], "\(report)")
        #expect(report.elapsed >= .seconds(15) && report.elapsed < .seconds(60))

        let never = ScriptedShell(failures: { _ in down })
        let late = await Self.run(#"ssh.run{ \#(Self.host), script = "x", wait = "5m" }"#, on: never)
        #expect(late.failure?.code == "ssh_not_reached" && never.scripts == [])
        #expect(late.elapsed >= .seconds(300) && late.elapsed < .seconds(320))

        let refusing = ScriptedShell(failures: { _ in ShellFailure(.loginRefused, "no") })
        let refused = await Self.run(#"ssh.run{ \#(Self.host), script = "x", wait = "5m" }"#, on: refusing)
        #expect(refused.failure?.code == "ssh_login_refused" && refusing.connections == 1)
    }

    @Test("a plan and a simulation contact no host and use the declared results")
    func planned() async {
        let shell = ScriptedShell()
        let report = await Self.run(
            """
            local a = ssh.run{ \(Self.host), script = "x", wait = "5m" }
            local b = ssh.run{ \(Self.host), script = "x", reads = true, planned = { stdout = "b" } }
            local c = ssh.copy{ \(Self.host), content = "x", to = "/etc/x", planned = { changed = false } }
            sp.result{ a = a.status, out = a.stdout, b = b.stdout, c = c.changed }
            """, on: shell, outside: .declared)
        #expect(report.result == ["a": 0, "b": "b", "c": false, "out": ""], "\(report)")
        #expect(shell.connections == 0)
    }

    @Test("every script starts once, wherever the process crashes")
    func dying() async throws {
        let lua = """
            local one = ssh.run{ \(Self.host), script = "one" }.stdout
            sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "acme" }
            local two = ssh.run{ \(Self.host), script = "two" }.stdout
            ssh.copy{ \(Self.host), content = one .. two, to = "/root/x" }
            return { one = one, two = two }
            """
        @Sendable func answer(_ script: String, _: String) -> (ScriptedShell.Answer, [String]) {
            (.success(ShellResult(status: 0, output: Array("<\(script)>".utf8))), [])
        }
        let whole = ScriptedShell(answer: answer)
        let fate = Fate()
        let life = try await DurableRunner(lua, surroundings: { whole.surroundings($0) }).live(fate)
        #expect(life.result == ["one": "<one>", "two": "<two>"], "\(life.failure?.description ?? "")")
        #expect(fate.moments > 12)
        for moment in 1...fate.moments {
            let shell = ScriptedShell(answer: answer)
            let runner = DurableRunner(lua, surroundings: { shell.surroundings($0) })
            let first = try await runner.live(Fate(dyingAt: moment))
            guard first.failure != nil else { continue }
            let second = try await runner.live()
            #expect(second.result == life.result, "\(moment): \(second.failure?.description ?? "")")
            #expect(shell.scripts == ["one", "two"], "\(moment)")
            #expect(shell.files == ["/root/x": "<one><two>"], "\(moment)")
        }
    }

    @Test("an unknown outcome raises an error, and the script is not started again")
    func unknown() async {
        let shell = ScriptedShell { _, _ in (.failure(ShellFailure(.unknown, "gone", delivery: .ambiguous)), []) }
        let report = await Self.run(
            """
            local ok, e = pcall(ssh.run, { \(Self.host), script = "x" })
            sp.result{ code = e.code }
            """, on: shell)
        #expect(report.result == ["code": "ssh_unknown"] && shell.scripts == ["x"], "\(report)")
    }

    @Test(
        "a failed script starts again when the run is resumed, also if it only reads",
        arguments: ["false", "true"])
    func failedBefore(reads: String) async throws {
        let isMended = Mutex(false)
        let shell = ScriptedShell { _, _ in
            (.success(ShellResult(status: isMended.withLock { $0 } ? 0 : 1, output: Array("out".utf8))), [])
        }
        let lua = #"return { out = ssh.run{ \#(Self.host), script = "x", reads = \#(reads) }.stdout }"#
        let runner = DurableRunner(lua, surroundings: { shell.surroundings($0) })
        #expect(try await runner.live().failure?.code == "ssh_exit")
        #expect(try await runner.live().failure?.code == "ssh_exit")
        isMended.withLock { $0 = true }
        #expect(try await runner.live().result == ["out": "out"])
        #expect(shell.scripts == ["x", "x", "x"])
        #expect(shell.markers.count == (reads == "true" ? 0 : 3))
    }

    @Test("a lost connection is reopened with the same marker")
    func lost() async {
        let failure = ShellFailure(.connectionLost, "lost", delivery: .ambiguous)
        let shell = ScriptedShell(failures: { $0 == 1 ? failure : nil })
        let report = await Self.run(#"ssh.run{ \#(Self.host), script = "x" }"#, on: shell)
        #expect(report.failure == nil && shell.connections == 2 && shell.markers.count == 1, "\(report)")
    }

    /// Files as texts by name.
    private struct TextFiles: LocalFiles {
        func path(_ name: String) -> String { "/project/\(name)" }
        func read(_ name: String, below grants: [[String]], limit: Int) throws(LocalFileFailure) -> [UInt8] {
            guard grants.allSatisfy({ $0.contains(".") || $0.contains("./files") }) else {
                throw LocalFileFailure("no", isRefused: true)
            }
            return Array("text of \(name)".utf8)
        }
    }

    @Test("a file is copied only if the recipe may read it")
    func copy() async {
        func recipe(_ needs: String) -> String {
            """
            return recipe { name = "r", version = "1.0.0", summary = "R", needs = \(needs), run = function()
                return { changed = ssh.copy{ \(Self.host), from = "./files/a", to = "/etc/a" }.changed }
            end }
            """
        }
        let shell = ScriptedShell()
        let refused = await Self.run(recipe("{ ssh = true }"), on: shell, files: TextFiles())
        #expect(refused.failure?.code == RecipeError.notGranted && shell.connections == 0)
        let granted = #"{ ssh = true, read = { "./files" } }"#
        let first = await Self.run(recipe(granted), on: shell, files: TextFiles())
        #expect(first.result == ["changed": true], "\(first)")
        #expect(shell.files == ["/etc/a": "text of ./files/a"])
        let second = await Self.run(recipe(granted), on: shell, files: TextFiles())
        #expect(second.result == ["changed": false])
    }
}
