import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// Which generated secrets count as set: those that something was sent with and that was not refused.
@Suite("Generated secrets in use")
struct GeneratedSecretTests {
    private static let ensured = """
        local server = sp.find_server{ name = "www1" }
        local password = sp.secret("password")
        local user, status = sp.ensure_sysuser{ serverid = server.id, name = "acme", password = password }
        return { user = user.name, status = status, password = password, line = "acme:" .. password, list = { password } }
        """

    @Test("the run that sets a password returns it; the next run does not, and says so")
    func rerun() async throws {
        let runner = RecipeStage()
        let first = await runner.run(Self.ensured)
        let password = try #require(first.result?["password"]?.stringValue, "\(first)")
        #expect(first.result?["line"]?.stringValue == "acme:\(password)")
        #expect(first.outcome?.unusedSecrets.count == 0)
        let second = await runner.run(Self.ensured)
        #expect(
            second.result
                == ["line": .null, "list": [.null], "password": .null, "status": "unchanged", "user": "acme"])
        #expect(second.outcome?.unusedSecrets.paths == ["line", "list[1]", "password"])
        #expect(second.outcome?.unusedMembers == ["line", "password"])
        #expect(second.changes == [])
    }

    @Test("an unchanged password is reported, with the option that sets it")
    func told() async {
        let runner = RecipeStage()
        _ = await runner.run(Self.ensured)
        let second = await runner.run(Self.ensured)
        let said = second.events.compactMap { if case .logged(let text, _) = $0 { text } else { nil } }
        #expect(said.count == 1)
        #expect(said.first?.contains("'acme' exists, and password stays unchanged") == true, "\(said)")
        #expect(said.first?.contains("set_password = \"always\"") == true)
    }

    @Test("a secret that no request sent is in no result")
    func printed() async {
        let runner = RecipeStage()
        let report = await runner.run(
            "local s = sp.secret('one') print(s) sp.sleep('1s') return { s = s, other = 'plain' }")
        #expect(report.result == ["other": "plain", "s": .null])
        #expect(report.printed == ["<redacted>"])
    }

    @Test("a member whose name looks like the path of an unused secret keeps its value")
    func equalPaths() async {
        let report = await RecipeStage().run(
            """
            return { ["a.b"] = "kept", a = { b = sp.secret("one") }, ["c[1]"] = "kept", c = { sp.secret("two") } }
            """)
        #expect(report.result == ["a": ["b": .null], "a.b": "kept", "c": [.null], "c[1]": "kept"], "\(report)")
        #expect(report.outcome?.unusedSecrets.paths.sorted() == ["a.b", "c[1]"])
    }

    @Test("a private key that sp.secret did not generate stays in the result", arguments: ["", "sp.secret('one')"])
    func privateKey(_ secret: String) async {
        let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
        let report = await RecipeStage().run(
            "local _ = { \(secret) } return { key = [[\(key)]], text = 'plain' }")
        #expect(report.result == ["key": .string(key), "text": "plain"], "\(report)")
        #expect(report.outcome?.unusedSecrets.count == 0)
        #expect(report.outcome?.redactedPlaces.paths == ["key"])
    }

    @Test("a secret whose request was rejected is in no result")
    func refused() async {
        let runner = RecipeStage()
        let report = await runner.run(
            """
            local s = sp.secret("one")
            local ok = pcall(sp.create_sysuser, { serverid = "AAAAAAAAAAAAAAAA", name = "acme", password = s })
            return { ok = ok, s = s }
            """)
        #expect(report.result == ["ok": false, "s": .null], "\(report)")
    }

    @Test(
        "set_password = \"always\" sends one update per run",
        arguments: [
            (
                "local r, s = sp.ensure_sysuser{ serverid = server.id, name = 'acme', password = pw, set_password = 'always' }",
                "POST /sysusers/"
            ),
            (
                """
                local user = sp.ensure_sysuser{ serverid = server.id, name = 'acme' }
                local app = sp.ensure_app{ name = 'acme', sysuserid = user.id, runtime = 'php8.4' }
                local r, s = sp.ensure_db{ appid = app.id, name = 'acme', user = { name = 'acme', password = pw },
                    set_password = 'always' }
                """, "POST /dbs/"
            ),
        ])
    func always(_ ensure: String, _ path: String) async throws {
        let runner = RecipeStage()
        let recipe = """
            local server = sp.find_server{ name = "www1" }
            local pw = sp.secret("password")
            \(ensure)
            return { status = s, password = pw }
            """
        let first = await runner.run(recipe)
        #expect(first.result?["status"] == "created", "\(first)")
        for _ in 0..<2 {
            let next = await runner.run(recipe)
            #expect(next.result?["status"] == "updated", "\(next)")
            #expect(next.changes.count == 1 && next.changes[0].hasPrefix(path), "\(next.changes)")
            #expect(next.result?["password"]?.stringValue?.count == 24)
        }
    }

    @Test("the WordPress password is only set on installation: `always` raises an error, otherwise it is reported")
    func wordpress() async {
        let runner = RecipeStage()
        func recipe(_ more: String) -> String {
            """
            local server = sp.find_server{ name = "www1" }
            local user = sp.ensure_sysuser{ serverid = server.id, name = "acme" }
            local pw = sp.secret("wp")
            local app, status = sp.ensure_app{ name = "acme", sysuserid = user.id, runtime = "php8.4",
                wordpress = { site_title = "A", admin_user = "admin", admin_password = pw, admin_email = "a@b.example" }
                \(more) }
            return { status = status, pw = pw }
            """
        }
        #expect(await runner.run(recipe("")).result?["pw"]?.stringValue != nil)
        let second = await runner.run(recipe(""))
        #expect(second.result == ["pw": .null, "status": "unchanged"], "\(second)")
        let always = await runner.run(recipe(", set_password = 'always'"))
        #expect(always.failure?.code == RecipeError.cannotConverge, "\(always)")
        #expect(always.failure?.message.contains("wordpress.admin_password can only be set on creation") == true)
        #expect(always.changes == [])
    }

    @Test("set_password accepts two words, and only for resources with a password")
    func words() async {
        let runner = RecipeStage()
        let wrong = await runner.run(
            "sp.ensure_sysuser{ serverid = sp.servers()[1].id, name = 'acme', set_password = 'allways' }")
        #expect(wrong.failure?.message.contains(#"one of "creation", "always""#) == true, "\(wrong)")
        let server = await runner.run("sp.ensure_server{ name = 'www1', set_password = 'always' }")
        #expect(server.failure?.message.contains("unknown argument 'set_password'") == true, "\(server)")
    }

    @Test("a resumed run returns the password that it set before the crash", arguments: 1..<14)
    func resumed(_ moment: Int) async throws {
        let runner = DurableRunner(
            """
            local server = sp.find_server{ name = "www1" }
            local password, other = sp.secret("password"), sp.secret("other")
            local user, action = sp.create_sysuser{ serverid = server.id, name = "acme", password = password }
            sp.wait(action)
            return { password = password, other = other }
            """)
        _ = try await runner.live(Fate(dyingAt: moment))
        let life = try await runner.live()
        #expect(life.failure == nil, "\(life)")
        let password = try #require(life.result?["password"]?.stringValue)
        #expect(life.result?["other"] == .null)
        let entries = try await runner.store.entries(of: runner.header.id)
        let recorded = entries.last { $0.kind == .secret && $0.operation == "password" }
        #expect(recorded?.content == .secret(name: "password", value: password))
        #expect(entries.secretsInUse == ["password"])
        #expect(runner.serverPilot.account.sysusers.values.count { $0.name == "acme" } == 1)
    }

    @Test(
        "the redaction placeholder is rejected as a secret",
        arguments: [
            "sp.create_sysuser{ serverid = id, name = 'acme', password = '<redacted>' }",
            "sp.update_sysuser('AAAAAAAAAAAAAAAA', { password = 'my <redacted> here' })",
            "sp.ensure_sysuser{ serverid = id, name = 'acme', password = '<redacted>' }",
            "sp.ensure_db{ appid = 'AAAAAAAAAAAAAAAA', name = 'acme', user = { name = 'acme', password = '<redacted>' } }",
            "sp.create_sshkey{ name = 'a', public_key = 'ssh-ed25519 <redacted>' }",
            "sp.add_ssl('AAAAAAAAAAAAAAAA', { key = '-----BEGIN PRIVATE KEY-----<redacted>', cert = 'x' })",
            "sp.cloud_init{ id = 'AAAAAAAAAAAAAAAA', apikey = '<redacted>' }",
        ])
    func placeholder(_ call: String) async {
        let report = await RecipeStage().run("local id = sp.servers()[1].id \(call)")
        #expect(report.failure?.message.contains("<redacted>") == true, "\(report)")
        #expect(report.changes == [])
    }
}
