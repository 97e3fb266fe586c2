import Groundwork
import HTTPTypes
import LuaHost
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Functions of the API")
struct OperationFunctionTests {
    let runner = RecipeStage()

    @Test("every operation of the table is a function of sp")
    func everyOperation() async {
        let names = ServerPilot.Operation.all.map { "'\($0.name)'" }.joined(separator: ", ")
        let report = await runner.run(
            "local n = 0 for _, name in ipairs{\(names)} do assert(type(sp[name]) == 'function', name) n = n + 1 end "
                + "return { n = n }"
        )
        #expect(report.failure == nil)
        #expect(report.result?["n"] == .integer(Int64(ServerPilot.Operation.all.count)))
    }

    @Test("creating, reading, changing and deleting return the documented results")
    func lifeOfAnApp() async {
        let report = await runner.run(
            """
            local server = sp.find_server{ name = "www1" }
            local user, a1 = sp.create_sysuser{ serverid = server.id, name = "acme", password = "long enough" }
            local app, a2 = sp.create_app{ name = "acmesite", sysuserid = user.id, runtime = "php8.3", domains = {} }
            assert(type(a1) == "string" and type(a2) == "string")
            assert(app.serverid == server.id and #app.domains == 0 and app.ssl == nil)
            sp.wait{ a1, a2, timeout = "10m" }
            local changed, a3 = sp.update_app(app.id, { domains = { "acme.example" } })
            assert(changed.domains[1] == "acme.example")
            local same, none = sp.update_server(server.id, { plan = server.plan })
            assert(same.id == server.id and none == nil)
            assert(sp.wait(none) == nil)
            local a4, nothing = sp.delete_app(app.id)
            assert(type(a4) == "string" and nothing == nil)
            local ok, e = pcall(sp.app, app.id)
            assert(not ok and e.code == "not_found" and e.status == 404 and e.operation == "app" and e.object == app.id)
            return { text = tostring(e), a3 = a3 }
            """)
        #expect(report.failure == nil)
        #expect(report.result?["text"]?.stringValue?.contains("sp.app: ") == true)
        #expect(report.outcome?.summary.created == 2)
        #expect(report.outcome?.summary.deleted == 1)
    }

    @Test("lists accept an equality filter and reject unknown fields")
    func filters() async {
        let report = await runner.run(
            """
            local www1 = sp.find_server{ name = "www1" }
            local none = sp.apps{ runtime = "php7.4", ssl = sp.null }
            local some = sp.sysusers{ serverid = www1.id }
            local ok, e = pcall(sp.apps, { runtme = "php7.4" })
            return { apps = #none, users = #some, message = e.message, missing = sp.find_app{ name = "nobody" } == nil }
            """)
        #expect(report.failure == nil)
        #expect(report.result?["apps"] == 1)
        #expect(report.result?["users"] == 2)
        #expect(report.result?["missing"] == true)
        #expect(
            report.result?["message"] == "sp.apps: unknown argument 'runtme' (did you mean 'runtime'?)")
    }

    @Test("finding a resource raises an error that lists all matches if several match")
    func severalMatch() async {
        let report = await runner.run("return sp.find_sysuser{ name = 'serverpilot' }")
        #expect(report.failure?.code == RecipeError.severalMatch)
        #expect(report.failure?.message.contains("2 match name = \"serverpilot\"") == true)
    }

    private static let problems: [(lua: String, fragments: [String])] = [
        ("sp.create_app{}", ["'name' is missing", "'sysuserid' is missing", "'runtime' is missing"]),
        ("sp.create_app{ nmae = 'x' }", ["unknown argument 'nmae' (did you mean 'name'?)"]),
        (
            "sp.create_sysuser{ serverid = 'abc', name = 'A', password = ' short' }",
            [
                "'name' must have 3 to 32 characters", "'name' must contain only lower-case letters",
                "'password' must have 8 to 200 characters", "'password' must not begin or end with white space",
            ]
        ),
        ("sp.create_db{ appid = 'abc', name = 'abc', user = { name = 'u' } }", ["'user.password' is missing"]),
        (
            "sp.create_app{ name = 'abc', sysuserid = 'a', runtime = 'php8.4', domains = { 'a.example', 5 } }",
            ["'domains[2]' must be a string, not an integer"]
        ),
        (
            "sp.create_app{ name = 'abc', sysuserid = 'a', runtime = 'php8.4', domains = { 'a', nil, 'b' } }",
            ["'domains' must be a list of strings, not a list whose item 2 is nil, while item 3 is not"]
        ),
        ("sp.update_server('abc', {})", ["nothing to change: pass at least one of plan, firewall"]),
        ("sp.update_server('abc', { firewall = 'false' })", ["'firewall' must be a boolean, not a string"]),
        ("sp.server('../apps')", ["'id' must be the id of a server"]),
        ("sp.server()", ["'id' is missing"]),
        ("sp.server('abc', 5)", ["'argument 2' must be omitted"]),
        (
            "sp.update_server{ id = 'abc' }",
            ["'argument 1' must be an id, as in sp.update_server(id, { … }), not a table"]
        ),
        ("sp.rename_sshkey{ id = 'abc' }", ["as in sp.rename_sshkey(id, name), not a table"]),
        ("sp.update_app('abc', 5)", ["as in sp.update_app(id, { … }), not integer"]),
        ("sp.apps{}", ["the filter is empty", "all its fields are nil", "sp.apps() to list all"]),
        ("sp.sysuser_sshkeys('abc', {})", ["sp.sysuser_sshkeys(id) to list all"]),
        ("sp.find_app{ name = nil }", ["the filter is empty", "all its fields are nil", "sp.apps() to list all"]),
        ("sp.create_app('acme')", ["a table of named arguments, as in sp.create_app{ … }"]),
        ("sp.force_ssl('abc', 'yes')", ["'force' must be a boolean"]),
        ("sp.create_sysuser{ serverid = 'abc', name = 'abc', password = print }", ["not a function"]),
    ]

    @Test("invalid arguments are rejected before any request", arguments: problems)
    func argumentProblems(lua: String, fragments: [String]) async {
        let report = await runner.run(lua)
        #expect(report.failure?.code == ServerPilotError.Code.invalidArguments.rawValue)
        for fragment in fragments {
            #expect(report.failure?.message.contains(fragment) == true, "\(report.failure?.message ?? "none")")
        }
        #expect(report.requests == [])
        #expect(report.failure?.site?.line == 1)
    }

    @Test(
        "an unknown id is named, and the error says if it is the name of a resource",
        arguments: [
            (
                #"sp.create_sysuser{ serverid = "www1", name = "acme" }"#,
                #"sp.create_sysuser: no server has the id "www1" (that is a server's name)"#
            ),
            (#"sp.app("oliveoil")"#, #"sp.app: no app has the id "oliveoil" (that is an app's name)"#),
            (#"sp.delete_app("nobody")"#, #"sp.delete_app: no app has the id "nobody""#),
        ])
    func unknownID(_ lua: String, _ message: String) async {
        let report = await runner.run(lua)
        #expect(report.failure?.message == message)
        #expect(report.failure?.code == ServerPilotError.Code.notFound.rawValue)
        #expect(
            await runner.run("local ok, e = pcall(function() \(lua) end) return { status = e.status }").result == [
                "status": 404
            ])
    }

    @Test("no error contains a password, even if the API's message does")
    func noPasswordInErrors() async {
        let echoing = AlteredTransport(base: runner.serverPilot.transport) { request, response in
            guard request.method == .post else { return response }
            let body = String(decoding: request.body, as: UTF8.self)
            return WireResponse(
                status: .badRequest,
                body: JSONValue.object(["error": ["message": .string("Bad thing in \(body)")]]).bytes)
        }
        let report = await runner.run(
            """
            local ok, e = pcall(sp.create_sysuser, { serverid = "abc", name = "acme", password = "hunter2hunter2" })
            print(e.message)
            error(e)
            """, transport: echoing)
        #expect(report.printed.count == 1)
        #expect(report.printed[0].contains("Bad thing in"))
        #expect(!report.printed[0].contains("hunter2"))
        #expect(report.failure?.message.contains("hunter2") == false)
    }

    @Test("the private key of a certificate does not reach the recipe")
    func privateKeys() async {
        let report = await runner.run(
            """
            local app = sp.find_app{ name = "oliveoil" }
            sp.sleep("1h")
            local ssl = sp.ensure_ssl{ appid = app.id, auto = true }
            assert(ssl.cert, "no certificate")
            return { one = ssl.key, list = sp.apps{ name = "oliveoil" }[1].ssl.key, get = sp.app(app.id).ssl.key }
            """)
        #expect(report.failure == nil)
        #expect(report.result == ["get": "<redacted>", "list": "<redacted>", "one": "<redacted>"])
    }

    @Test("a new server's apikey is usable, and redacted in all output")
    func apikey() async {
        let report = await runner.run(
            """
            local server, action = sp.create_server{ name = "www9" }
            print(server.apikey)
            assert(#server.apikey > 20 and action)
            return server
            """)
        #expect(report.failure == nil)
        #expect(report.printed == ["<redacted>"])
        #expect(report.outcome?.redactedResult?["apikey"] == "<redacted>")
        #expect(report.result?["apikey"]?.stringValue?.count ?? 0 > 20)
    }
}
