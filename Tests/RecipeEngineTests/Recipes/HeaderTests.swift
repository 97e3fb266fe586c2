import Groundwork
import LuaHost
import RecipeEngine
import RecipeLanguage
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// Recipes with a header: what they take, need and give.
@Suite("Recipes with a header")
struct HeaderTests {
    let runner = RecipeStage()

    static func recipe(_ members: String, before: String = "", run: String = "return {}") -> String {
        """
        \(before)
        return recipe {
            name = "test", version = "1.0.0", summary = "A test",
            \(members)
            run = function(p) \(run) end,
        }
        """
    }

    @Test("a recipe receives its parameters and returns its result")
    func runs() async {
        let text = Self.recipe(
            """
            params = {
                server = param.server{ required = true }, count = param.integer{ default = 2, max = 9 },
                words = param.list{ of = param.string{} }, wait = param.duration{}, on = param.boolean{},
                site = param.domain{}, runtime = param.runtime{ default = "newest" }, app = param.app{},
                mode = param.enum{ values = { "a", "b" }, default = "b" }, none = param.string{},
            },
            returns = { id = "string", rest = "string" },
            """,
            run: """
                return { id = p.server.id, rest = table.concat({ p.count, p.words[2], p.wait, tostring(p.on), p.site,
                    p.runtime, p.app.name, p.mode, tostring(p.none) }, " ") }
                """)
        let report = await runner.run(
            text,
            parameters: [
                "server": "www1", "words": "one, two", "wait": "2m", "on": "yes", "site": "ACME.example.",
                "app": "www1/oliveoil",
            ])
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        #expect(report.result?["rest"] == "2 two 120 true acme.example php8.4 oliveoil b nil")
    }

    @Test("all invalid parameters are reported together, before any change")
    func problems() async {
        let text = Self.recipe(
            """
            needs = { create = { "sysusers" } },
            params = {
                server = param.server{ required = true }, count = param.integer{ max = 9, min = 1 },
                wait = param.duration{}, site = param.domain{ required = true, example = "acme.example" },
                mode = param.enum{ values = { "create", "delete" } }, app = param.app{},
                name = param.string{ pattern = "^[a-z]+$" },
            },
            """, run: "sp.create_sysuser{ serverid = p.server.id, name = 'nobody' }")
        let report = await runner.run(
            text,
            parameters: [
                "server": "www11", "count": "10", "wait": "soon", "mode": "creat", "app": "zzzzzzzzz", "sit": "x",
                "name": "a",
            ])
        #expect(report.failure?.code == "bad_parameters")
        #expect(
            report.failure?.message == """
                7 parameters of 'test' are invalid: sit: unknown parameter; did you mean 'site'?; \
                server: no server is named 'www11'; did you mean 'www1'?; count: must be at most 9; \
                wait: 'soon' is not a duration such as 45s, 30m or 2h; \
                site: is missing (domain, such as acme.example); \
                mode: 'creat' is not one of create, delete; did you mean 'create'?; \
                app: no app is named 'zzzzzzzzz' (known: oliveoil, olivepress)
                """)
        #expect(report.changes == [])
        let pattern = await runner.run(text, parameters: ["server": "www1", "site": "a.example", "name": "A1"])
        #expect(pattern.failure?.message == "name: 'A1' does not match the pattern ^[a-z]+$")
    }

    @Test(
        "an invalid header is rejected with all its problems",
        arguments: [
            ("summry = 'x',", "unknown key 'summry' (did you mean 'summary'?)"),
            ("needs = { create = { 'app' } },", "needs.create: unknown kind 'app' (did you mean 'apps'?)"),
            ("needs = { creat = { 'apps' } },", "needs: unknown word 'creat' (did you mean 'create'?)"),
            ("limits = { create = -1 },", "limits.create must be an integer of at least 0"),
            ("returns = { a = 'text' },", "returns.a: unknown type 'text'"),
            ("params = { a = 'string' },", "params.a must be declared with a function of param"),
            ("params = { a = param.string{ requird = true } },", "unknown option 'requird' (did you mean 'required'?)"),
            ("params = { a = param.enum{} },", "values must list the allowed words"),
            (
                "params = { a = param.server{ required = true, default = 'x' } },",
                "a required parameter cannot have a default"
            ),
            ("version = 'one',", "version must be numbers separated by dots"),
            ("sprun = 'new',", "sprun must be a version range"),
            ("exports = {},", "run and exports cannot be combined"), ("undo = 1,", "undo must be a function"),
            ("params = { [1] = param.string{} },", "params must be a table with string keys"),
            ("examples = 'sprun run',", "examples must be a list of strings"),
            ("params = { a = param.integer{ min = math.huge } },", "min must be a number"),
            ("params = { a = param.secret{ default = 'hunter22' } },", "a secret parameter cannot have a default"),
            ("params = { a = param.file{ default = 'x.pem' } },", "a file parameter cannot have a default"),
            ("params = { a = param.integer{ default = 'many' } },", "default: 'many' is not a valid integer"),
            ("params = { a = param.list{ of = param.list{} } },", "a list cannot contain list values"),
            ("params = { a = param.list{ of = param.runtime{} } },", "a list cannot contain runtime values"),
            ("params = { a = param.string{ doc = 'x\\nneeds' } },", "doc must be one line of plain text"),
            ("author = 'a\\27[2J',", "author must be one line of plain text"),
            ("needs = { http = { 'a\\nneeds nothing' } },", "needs.http must be one line of plain text"),
            ("description = 'a\\27]0;x',", "description must be plain text"),
            ("needs = { ssh = 'host' },", "needs.ssh must be a list of hosts, or true for every host"),
            ("needs = { ssh = { '-oProxyCommand=x' } },", "is not a host name as passed to ssh.run"),
            ("summary = ('x'):rep(501),", "summary has more than 500 bytes"),
            ("author = ('x'):rep(501),", "author has more than 500 bytes"),
            ("needs = { http = { ('x'):rep(501) } },", "needs.http has more than 500 bytes"),
            ("returns = { [('x'):rep(501)] = 'string' },", "returns has more than 500 bytes"),
            ("description = ('x'):rep(16 * 1024 + 1),", "description has more than 16 KiB"),
            ("examples = { ('x'):rep(2049) },", "examples has more than 2 KiB"),
            ("examples = { ('x'):rep(51):byte(1, -1) },", "examples has more than 50 entries"),
            ("params = { a = param.string{ doc = ('x'):rep(2049) } },", "doc has more than 2 KiB"),
            ("params = { a = param.string{ example = ('x'):rep(2049) } },", "example has more than 2 KiB"),
            ("params = { a = param.string{ pattern = ('x'):rep(2049) } },", "pattern has more than 2 KiB"),
            ("params = { a = param.string{ default = ('x'):rep(65536) } },", "default has more than 64 KiB"),
            ("params = { a = param.enum{ values = { ('x'):rep(1001):byte(1, -1) } } },", "more than 1000 entries"),
            (
                """
                params = (function()
                    local all = {}
                    for i = 1, 20 do all["p" .. i] = param.string{ default = ('x'):rep(60000) } end
                    return all
                end)(),
                """, "the header has more than 1 MiB of text"
            ),
            ("needs = { dns = { 'x' } },", "needs.dns must be true or false"),
        ])
    func badHeader(_ members: String, _ message: String) async {
        let report = await runner.run(Self.recipe(members))
        #expect(report.failure?.message.contains(message) == true, "\(report.failure?.message ?? "none")")
        #expect(["bad_header", "bad_argument"].contains(report.failure?.code))
        #expect(report.requests == [])
    }

    @Test(
        "no call is possible while a header is read",
        arguments: [
            "sp.servers()", "sp.create_sysuser{ serverid = 'x', name = 'abc' }", "sp.log('x')", "sp.secret('x')",
            "sp.sleep(1)", "dns.addresses('x')", "sp.all{ function() end }", "sp.time()",
        ])
    func headerDoesNothing(_ call: String) async {
        let report = await runner.run(Self.recipe("", before: call))
        #expect(report.failure?.code == "header_calls", "\(report.failure?.description ?? "none")")
        #expect(report.requests == [] && report.events.isEmpty)
        let caught = await runner.run(Self.recipe("", before: "pcall(function() \(call) end)"))
        #expect(caught.requests == [] && caught.failure == nil)
    }

    @Test("a header without `return recipe`, or a second header, is rejected")
    func otherWays() async {
        let hidden = await runner.run("local r = recipe\nsp.log('x')\nreturn r{ name = 'x' }")
        #expect(hidden.failure?.code == "bad_header")
        let second = await runner.run(
            Self.recipe("", before: "recipe{ name = 'a', version = '1', summary = 'x', run = print }"))
        #expect(second.failure?.message == "recipe: the file already has a header")
        let absent = await runner.run("if false then return recipe{} end")
        #expect(absent.failure?.message.contains("never calls recipe{}") == true)
    }

    @Test("a call that the needs do not include is rejected before it is sent, with the line to add")
    func needs() async {
        let calls = "sp.create_sysuser{ serverid = p.server.id, name = 'granted' }"
        let members = "params = { server = param.server{ required = true } },"
        let refused = await runner.run(Self.recipe(members, run: calls), parameters: ["server": "www1"])
        #expect(refused.failure?.code == "not_granted")
        #expect(refused.failure?.hint == "add to the needs of 'test.lua': create = { \"sysusers\" }")
        #expect(refused.changes == [])
        let granted = await runner.run(
            Self.recipe(members + "needs = { create = { 'sysusers' } },", run: calls), parameters: ["server": "www1"])
        #expect(granted.failure == nil && granted.changes == ["POST /sysusers"])
        let dns = await runner.run(Self.recipe("", run: "dns.addresses('a.example')"))
        #expect(dns.failure?.hint == "add to the needs of 'test.lua': dns = true")
    }

    @Test("every changing operation has a need that a header can declare")
    func allNeeds() async {
        for operation in ServerPilot.Operation.all where operation.changesAccount {
            guard case .change(let effect, let kind)? = operation.need else {
                Issue.record("\(operation.name) needs nothing")
                continue
            }
            let word = effect == .create ? "create" : effect == .update ? "update" : "delete"
            let report = await runner.run(Self.recipe("needs = { \(word) = { '\(kind)' } },"))
            #expect(report.failure == nil, "\(operation.name): \(report.failure?.message ?? "")")
        }
        #expect(ServerPilot.Operation.named("force_ssl")?.need?.words == "update = { \"ssl\" }")
        #expect(ServerPilot.Operation.named("add_sysuser_sshkey")?.need?.words == "create = { \"keys\" }")
        #expect(ServerPilot.Operation.named("servers")?.need == nil)
    }

    @Test("the limits of a header stop the run, and the recipe cannot catch it")
    func limits() async {
        let report = await runner.run(
            Self.recipe(
                "needs = { create = { 'sysusers' } }, limits = { create = 2 }, params = { server = param.server{} },",
                run: """
                    for i = 1, 5 do pcall(sp.create_sysuser, { serverid = p.server.id, name = "user" .. i }) end
                    print("went on")
                    """), parameters: ["server": "www1"])
        #expect(report.failure?.code == "too_many_changes")
        #expect(report.changes == ["POST /sysusers", "POST /sysusers"] && report.printed == [])
    }

    @Test("a result that does not match `returns` is an error, with secrets redacted")
    func results() async {
        let good = await runner.run(
            Self.recipe(
                "returns = { password = 'secret', note = 'string?', list = 'list' },",
                run: "return { password = 'very-secret-word', list = { 'very-secret-word' } }"))
        #expect(good.outcome?.redactedResult?["password"] == "<redacted>")
        #expect(good.outcome?.redactedResult?["list"] == ["<redacted>"])
        let bad = await runner.run(
            Self.recipe(
                "returns = { a = 'string', b = 'integer', c = 'list' },", run: "return { a = 1, b = 1.5, d = 1 }"))
        #expect(bad.failure?.code == "bad_result")
        #expect(
            bad.failure?.message
                == "the result does not match `returns` in the header: a is integer, not string; b is float, not "
                + "integer; c is missing; d is not in returns")
    }

    @Test("a secret that is too short to redact is rejected as a parameter and as a result")
    func shortSecrets() async {
        let given = await runner.run(
            Self.recipe("params = { pw = param.secret{} },", run: "print(p.pw)"), parameters: ["pw": "abcd"])
        #expect(given.failure?.code == "bad_parameters" && given.failure?.message.contains("abcd") == false)
        #expect(given.printed == [])
        let returned = await runner.run(Self.recipe("returns = { pw = 'secret' },", run: "return { pw = 'abcd' }"))
        #expect(returned.failure?.code == "bad_result" && returned.failure?.message.contains("abcd") == false)
    }

    @Test("a header that changes between reading and running is rejected")
    func chance() async {
        let text = Self.recipe("needs = math.random(1, 1 << 40) > 7 and { create = { 'sysusers' } } or {},")
        let source = RecipeSource(name: "test.lua", text: Array(text.utf8))
        var shown: RecipeHeader?
        for known in [text, text.replacing("> 7", with: "<= 7")] {
            shown = try? await RecipeEngine.describe(RecipeSource(name: "test.lua", text: Array(known.utf8))).header
            let engine = RecipeEngine(
                transport: runner.serverPilot.transport, time: runner.clock, random: { 99 }, events: { _ in })
            do throws(RecipeFailure) {
                _ = try await engine.start(source, parameters: [:], header: shown).finish()
                #expect(known == text)
            } catch {
                #expect(known != text && error.code == "bad_header", "\(error)")
            }
        }
    }

    @Test("patterns apply to list items, `newest` requires a server, and `returns` applies to sp.result")
    func details() async {
        let list = "params = { l = param.list{ of = param.string{ pattern = '^[a-z]+$' } } },"
        #expect(await runner.run(Self.recipe(list), parameters: ["l": "ab,cd"]).failure == nil)
        #expect(await runner.run(Self.recipe(list), parameters: ["l": "ab,C-D"]).failure?.code == "bad_parameters")
        let newest = "params = { s = param.server{}, r = param.runtime{ default = 'newest', server = 's' } },"
        let report = await runner.run(Self.recipe(newest))
        #expect(report.failure?.message == "r: 'newest' requires the parameter 's'")
        let result = await runner.run(Self.recipe("returns = { a = 'string' },", run: "sp.result{ b = 1 }"))
        #expect(result.failure?.code == "bad_result")
    }

    @Test("an error in run is reported with its line")
    func errorInRun() async {
        let report = await runner.run(Self.recipe("", run: "\nerror('stop here')\n"))
        #expect(report.failure?.message == "stop here")
        #expect(report.failure?.site?.line == 6)
        #expect(report.failure?.excerpt?.line == "error('stop here')")
    }

    @Test(
        "a recipe declares the sprun versions that it requires",
        arguments: [
            (">=0.1", true), (">=0.1 <0.2", true), (">0.1", false), ("0.1.0", true), ("<0.1", false), (">=1", false),
        ])
    func versions(_ range: String, _ runs: Bool) async {
        let report = await runner.run(Self.recipe("sprun = '\(range)',"))
        #expect((report.failure == nil) == runs)
        #expect(runs || report.failure?.code == "other_version")
    }

    @Test(
        "comments and strings are not a header",
        arguments: [
            ("-- return recipe {\nprint(1)", false), ("--[[ return recipe { ]]", false),
            ("local s = 'return recipe {'", false),
            ("--[==[ ]] return recipe ]==] return recipe{}", true), ("#!/x return recipe\nreturn\n  recipe {", true),
            ("local s = \"\\\" return recipe\" return recipe", true), ("return recipes", false),
        ])
    func words(_ text: String, _ hasHeader: Bool) {
        #expect(RecipeText(Array(text.utf8)).hasHeader == hasHeader)
    }

    @Test("literal imports are found in the text")
    func imports() {
        let text = """
            local a = import "one" -- import "comment"
            local b, c = import("two"), import 'one'
            x.import "field" x:import "method" local s = "import 'no'" import(name) import [[three]]
            """
        #expect(RecipeText(Array(text.utf8)).imports == ["one", "two", "three"])
    }
}
