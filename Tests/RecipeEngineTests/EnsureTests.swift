import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Converging")
struct EnsureTests {
    let runner = RecipeStage()

    private static let site = """
        local server = sp.find_server{ name = "www1" }
        local user, s1 = sp.ensure_sysuser{ serverid = server.id, name = "acme", password = "long enough" }
        local app, s2 = sp.ensure_app{
            name = "acmesite", sysuserid = user.id, runtime = "php8.3", domains = { "acme.example", "WWW.acme.example" },
        }
        local db, s3 = sp.ensure_db{ appid = app.id, name = "acmedb", user = { name = "acme", password = "long enough" } }
        local key, s4 = sp.ensure_sshkey{ name = "laptop", public_key = PUBLIC_KEY }
        return { s1, s2, s3, s4 }
        """
    private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJkf1lmLHqQmE7Zx5VjOX3S3mBqXk0sS0GJvIY2m8y1K"

    @Test("a missing resource is created and waited for; a second call changes nothing")
    func createsOnce() async {
        let recipe = "PUBLIC_KEY = '\(Self.key) me@home' " + Self.site
        let first = await runner.run(recipe)
        #expect(first.result == ["created", "created", "created", "created"], "\(first.failure?.message ?? "")")
        #expect(first.elapsed > .seconds(10))
        // The comment of a key is not part of it.
        let second = await runner.run("PUBLIC_KEY = '\(Self.key) me@work' " + Self.site)
        #expect(second.result == ["unchanged", "unchanged", "unchanged", "unchanged"])
        #expect(second.changes == [])
        #expect(second.elapsed == .zero)
    }

    @Test("differences are fixed with a minimal update")
    func updates() async {
        let report = await runner.run(
            """
            local app = sp.find_app{ name = "oliveoil" }
            local changed, status = sp.ensure_app{ name = app.name, sysuserid = app.sysuserid, runtime = "php8.4" }
            return { status = status, runtime = changed.runtime, domains = #changed.domains }
            """)
        #expect(report.result == ["domains": 2, "runtime": "php8.4", "status": "updated"])
        #expect(report.changes.count == 1)
    }

    @Test("the settings of a server are part of what can be ensured")
    func server() async {
        let report = await runner.run(
            """
            local _, first = sp.ensure_server{ name = "www1", firewall = false }
            local _, second = sp.ensure_server{ name = "www1", firewall = false }
            local new, third = sp.ensure_server{ name = "www9", autoupdates = false }
            return { first, second, third, new.autoupdates, sp.find_server{ name = "www9" }.autoupdates }
            """)
        #expect(report.result == ["updated", "unchanged", "created", false, false])
    }

    @Test("a difference that cannot be updated is an error, and nothing is sent")
    func obstacles() async {
        let report = await runner.run(
            """
            local app = sp.find_app{ name = "oliveoil" }
            local other = sp.find_sysuser{ name = "serverpilot", serverid = app.serverid }
            sp.ensure_app{ name = app.name, sysuserid = other.id, runtime = app.runtime }
            """)
        #expect(report.failure?.code == RecipeError.cannotConverge)
        #expect(report.failure?.message.contains("sysuserid is ") == true)
        #expect(report.changes == [])
        let database = await runner.run(
            """
            local db = sp.find_db{ name = "oliveoil-wp" }
            sp.ensure_db{ appid = db.appid, name = db.name, user = { name = "other", password = "secretsecret" } }
            """)
        #expect(database.failure?.code == RecipeError.cannotConverge)
        #expect(database.failure?.message.contains("secretsecret") == false)
        #expect(database.changes == [])
    }

    @Test("SSL: AutoSSL once it is available, forced, and unchanged the next time")
    func ssl() async {
        let recipe = """
            local app = sp.find_app{ name = "oliveoil" }
            local ssl, status = sp.ensure_ssl{ appid = app.id, auto = true, force = true }
            return { status = status, auto = ssl.auto, force = ssl.force }
            """
        let first = await runner.run(recipe)
        #expect(first.result == ["auto": true, "force": true, "status": "created"], "\(first.failure?.message ?? "")")
        let second = await runner.run(recipe)
        #expect(second.result == ["auto": true, "force": true, "status": "unchanged"])
        #expect(second.changes == [])
        let third = await runner.run(
            "local app = sp.find_app{ name = 'oliveoil' } local _, s = sp.ensure_ssl{ appid = app.id, force = false } return { s }"
        )
        #expect(third.result == ["updated"])
    }

    @Test("SSL that is not available yet says so, and changes nothing")
    func sslUnavailable() async {
        let report = await runner.run(
            """
            local user = sp.find_sysuser{ name = "olive" }
            local app = sp.ensure_app{ name = "fresh", sysuserid = user.id, runtime = "php8.4", domains = { "f.example" } }
            sp.ensure_ssl{ appid = app.id, auto = true }
            """)
        #expect(report.failure?.code == RecipeError.autoSSLUnavailable)
        #expect(report.changes == ["POST /apps"])
    }

    @Test(
        "arguments of ensure_* are checked like those of the operations",
        arguments: [
            ("sp.ensure_app{ nmae = 'abc' }", "did you mean 'name'?"),
            ("sp.ensure_ssl{ appid = 'abc' }", "pass at least one of auto, key and cert, force"),
            ("sp.ensure_ssl{ appid = 'abc', auto = false }", "'auto' must be true"),
            (
                "sp.ensure_ssl{ appid = 'abc', cert = '-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----' }",
                "'key' is missing"
            ),
            ("sp.ensure_sysuser({ serverid = 'abc', name = 'abc' }, { tiemout = '1s' })", "did you mean 'timeout'?"),
        ])
    func arguments(lua: String, fragment: String) async {
        let report = await runner.run(lua)
        #expect(report.failure?.message.contains(fragment) == true, "\(report.failure?.message ?? "none")")
        #expect(report.requests == [])
    }
}
