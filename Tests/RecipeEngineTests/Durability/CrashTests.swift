import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// A process that dies at any boundary, and is resumed, does what one that lives does.
@Suite("A run that crashes", .timeLimit(.minutes(10)))
struct CrashTests {
    static let site = """
        local server = sp.find_server{ name = "www1" }
        local user, a1 = sp.create_sysuser{ serverid = server.id, name = "acme", password = sp.secret("user") }
        local app, a2 = sp.create_app{ name = "acmesite", sysuserid = user.id, runtime = sp.newest_runtime(server),
            domains = { "acme.example", "www.acme.example" } }
        local db, a3 = sp.create_db{ appid = app.id, name = "acme-wp", user = { name = "acme", password = sp.secret("db") } }
        sp.wait{ a1, a2, a3 }
        local _, a4 = sp.update_app(app.id, { runtime = "php8.3" })
        sp.wait(a4)
        local old = sp.find_app{ name = "oliveoil" }
        sp.wait(sp.delete_app(old.id))
        local key = sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }
        sp.wait(sp.add_sysuser_sshkey(user.id, key.id))
        return { app = app.name, user = user.name, at = sp.time() > 0, n = sp.random(1) }
        """

    static let together = """
        local server = sp.find_server{ name = "www4" }
        local made = sp.each({ "one", "two", "three" }, function(name)
            local user = sp.ensure_sysuser{ serverid = server.id, name = name }
            local app = sp.ensure_app{ name = name .. "site", sysuserid = user.id, runtime = "php8.4",
                domains = { name .. ".example" } }
            sp.ensure_db{ appid = app.id, name = name .. "-db", user = { name = name, password = sp.secret(name) } }
            return app.name
        end)
        return { made = table.concat(made, " ") }
        """

    /// Settings that the API refuses when they hold already, and a change that it refuses anyway.
    static let certificates = """
        local app = sp.find_app{ name = "oliveoil" }
        local _, a1 = sp.add_ssl(app.id, { key = "-----BEGIN PRIVATE KEY-----AA-----END PRIVATE KEY-----",
            cert = "-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----" })
        sp.wait(a1)
        local _, a2 = sp.force_ssl(app.id, true)
        sp.wait(a2)
        local other = sp.find_app{ name = "olivepress" }
        local _, a3 = sp.enable_autossl(other.id)
        sp.wait(a3)
        sp.wait(sp.delete_ssl(other.id))
        local ok, problem = pcall(sp.create_sysuser, { serverid = app.serverid, name = "olive" })
        return { ok = ok, status = problem.status }
        """

    private static func undisturbed(_ lua: String) async throws -> (moments: Int, picture: [String], result: JSONValue?)
    {
        let runner = DurableRunner(lua)
        let fate = Fate()
        let life = try await runner.live(fate)
        #expect(life.failure == nil, "\(life.failure?.description ?? "")")
        return (fate.moments, runner.picture, life.result)
    }

    @Test("once, at each boundary in turn", arguments: [site, together, certificates])
    func everywhere(_ lua: String) async throws {
        let (moments, picture, result) = try await Self.undisturbed(lua)
        #expect(moments > 25)
        for moment in 1...moments {
            let runner = DurableRunner(lua)
            let fate = Fate(dyingAt: moment)
            let first = try await runner.live(fate)
            #expect(fate.isDead, "\(moment)")
            if first.failure == nil { continue }
            let second = try await runner.live()
            try Self.expectSettled(second, runner, picture, result, "died at \(moment)")
        }
    }

    /// A key whose creation got no answer could be in the account twice if it were made again: there a person decides.
    private static func expectSettled(
        _ life: DurableRunner.Life, _ runner: DurableRunner, _ picture: [String], _ result: JSONValue?, _ words: String
    ) throws {
        if life.failure?.code == "undecided" {
            let made = runner.serverPilot.account.sshkeys.count
            #expect(life.failure?.message.contains("create_sshkey") == true && made == 0, "\(words)")
            #expect(life.changes.isEmpty, "\(words)")
            return
        }
        #expect(life.failure == nil, "\(words): \(life.failure?.description ?? "")")
        #expect(runner.picture == picture, "\(words)")
        #expect(life.result == result, "\(words)")
    }

    @Test("up to five times in a row, at random boundaries", arguments: [site, together, certificates])
    func repeatedly(_ lua: String) async throws {
        let (moments, picture, result) = try await Self.undisturbed(lua)
        var random = TestRandom("crashes")
        for round in 1...50 {
            let runner = DurableRunner(lua, seed: random.next())
            var last: DurableRunner.Life?
            for _ in 0..<Int(random.next() % 5) {
                let fate = Fate(dyingAt: 1 + Int(random.next() % UInt64(moments)))
                last = try await runner.live(fate)
                if !fate.isDead || last?.failure == nil || last?.failure?.code == "undecided" { break }
            }
            if last?.failure?.code != "undecided", last == nil || last?.failure != nil {
                last = try await runner.live()
            }
            try Self.expectSettled(try #require(last), runner, picture, result, "seed \(random.seed), round \(round)")
        }
    }

    @Test("a finished step makes no request when it is replayed")
    func replay() async throws {
        let runner = DurableRunner(Self.site)
        let (moments, _, _) = try await Self.undisturbed(Self.site)
        // At the very end: only that the run has ended is not written.
        let first = try await runner.live(Fate(dyingAt: moments - 1))
        #expect(first.failure != nil)
        let second = try await runner.live()
        #expect(second.failure == nil)
        #expect(second.posts == [])
    }
}
