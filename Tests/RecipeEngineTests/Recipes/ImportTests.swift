import Groundwork
import LuaHost
import OrderedCollections
import RecipeEngine
import RecipeLanguage
import SprunTesting
import Testing

/// Modules by name, as their texts; a name that begins with `far/` is not of the project.
struct TextImporter: RecipeImporter {
    var texts: [String: String]

    func module(_ name: String, for importer: String?) async throws(RecipeImportFailure) -> RecipeModule {
        guard let text = texts[name] else {
            throw RecipeImportFailure("there is no such recipe", hint: "sprun get \(name)")
        }
        return RecipeModule(
            identity: name, source: RecipeSource(name: name, text: Array(text.utf8)), digest: "\(text.hashValue)",
            isOfProject: !name.hasPrefix("far/"))
    }
}

@Suite("Imports")
struct ImportTests {
    let runner = RecipeStage()

    private func run(
        _ text: String, _ modules: [String: String], parameters: [String: String] = [:]
    ) async -> RunReport {
        await runner.run(
            text, parameters: parameters,
            surroundings: RecipeSurroundings(program: "0.1.0", importer: TextImporter(texts: modules)))
    }

    private static let userRecipe = """
        return recipe {
            name = "user", version = "1.0.0", summary = "A user",
            needs = { create = { "sysusers" } }, limits = { create = 1 },
            params = { server = param.server{ required = true }, name = param.string{ required = true } },
            returns = { id = "string", password = "secret" },
            run = function(p)
                local password = sp.secret("password")
                local user = sp.create_sysuser{ serverid = p.server.id, name = p.name, password = password }
                return { id = user.id, password = password }
            end,
        }
        """

    @Test("an imported recipe can be called several times, with different parameters")
    func called() async {
        let report = await run(
            """
            local user = import "far/user"
            local server = sp.find_server{ name = "www1" }
            local made = sp.each({ "one", "two", "three" }, function(name)
                return user{ server = server, name = name }
            end)
            return { count = #made, same = made[1].password == sp.secret("password") }
            """, ["far/user": Self.userRecipe])
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        #expect(report.changes == ["POST /sysusers", "POST /sysusers", "POST /sysusers"])
        #expect(report.result?["count"] == 3)
        // The importer's secret of that name is another one.
        #expect(report.result?["same"] == false)
        #expect(report.secrets == ["far/user: password:24", "password:24"])
    }

    @Test("invalid or missing parameters raise an error at the call")
    func badCall() async {
        let report = await run(
            #"local user = import "far/user" local ok, e = pcall(user, { server = "www9", nme = "x" }) return { m = e.message }"#,
            ["far/user": Self.userRecipe])
        #expect(
            report.result?["m"]?.stringValue == """
                3 parameters of 'user' are invalid: nme: unknown parameter; did you mean 'name'?; \
                server: no server is named 'www9'; did you mean 'www1'?; name: is missing (string)
                """)
        #expect(report.changes == [])
    }

    @Test("a module can only do what its own needs and its importer's needs include")
    func intersection() async {
        let call = #"user{ server = "www1", name = "abc" }"#
        func importer(_ needs: String) -> String {
            "local user = import 'far/user'\n" + HeaderTests.recipe("needs = { \(needs) },", run: call)
        }
        let refused = await run(importer("create = { 'apps' }"), ["far/user": Self.userRecipe])
        #expect(refused.failure?.code == "not_granted")
        #expect(
            refused.failure?.message == "sp.create_sysuser: 'test.lua' imports 'far/user', but its own needs do not "
                + "include this call")
        #expect(refused.failure?.hint == "add to the needs of 'test.lua': create = { \"sysusers\" }")
        #expect(refused.changes == [])
        let granted = await run(importer("create = { 'sysusers' }"), ["far/user": Self.userRecipe])
        #expect(granted.failure == nil && granted.changes.count == 1)
        let greedy = await run(
            importer("create = { 'sysusers' }, delete = { 'apps' }"),
            ["far/user": Self.userRecipe.replacing("local password", with: "sp.delete_app('x')\nlocal password")])
        #expect(greedy.failure?.message == "sp.delete_app: the needs of 'far/user' do not include this call")
    }

    @Test("a function that an importer passes acts with the importer's needs")
    func delegation() async {
        let report = await run(
            """
            local apply = import "far/apply"
            local server = sp.find_server{ name = "www1" }
            apply.twice(function(name) sp.create_sysuser{ serverid = server.id, name = name } end)
            """,
            [
                "far/apply": """
                return recipe { name = "apply", version = "1.0.0", summary = "Applies",
                    exports = { twice = function(f) f("one") f("two") end } }
                """
            ])
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        #expect(report.changes.count == 2)
    }

    @Test("values that cross between modules are copies, and functions among them work on both sides")
    func copies() async {
        let report = await run(
            """
            local lib = import "far/lib"
            local mine = { 1, inner = { 2 } }
            mine.self = mine
            local kept, seen = lib.keep(mine), lib.seen()
            mine[1], kept[1] = "changed", "changed too"
            local sorted = { 3, 1, 2 }
            table.sort(sorted, lib.less)
            local other = import("far/run"){}
            local list = { 1 }
            other.add(list)
            return { theirs = lib.seen()[1], first = seen[1], same = seen.self == seen, inner = seen.inner[1],
                sorted = table.concat(sorted, " "), called = lib.call(function(list) list[1] = "x" return #list end),
                empty = lib.keep({}), metatable = getmetatable(lib.keep(setmetatable({}, { __index = sp }))) == nil,
                length = #list }
            """,
            [
                "far/lib": """
                local kept
                return recipe { name = "lib", version = "1.0.0", summary = "Lib", exports = {
                    keep = function(value) kept = value return value end, seen = function() return kept end,
                    less = function(a, b) return a < b end,
                    call = function(f) local own = { 1, 2 } return f(own) * 10 + own[1] end } }
                """,
                "far/run": """
                return recipe { name = "run", version = "1.0.0", summary = "Run",
                    run = function() return { add = function(list) list[2] = 2 end } end }
                """,
            ])
        let expected: JSONObject = [
            "theirs": 1, "first": 1, "same": true, "inner": 2, "sorted": "1 2 3", "called": 21, "empty": [],
            "metatable": true, "length": 1,
        ]
        for (key, value) in expected { #expect(report.result?[key] == value, "\(key): \(report)") }
    }

    @Test(
        "a coroutine can only be resumed and closed by its own module, and cannot be passed to another",
        arguments: [
            ("lib.take(coroutine.create(print))", "a coroutine cannot be passed to another module"),
            ("lib.take({ { coroutine.running() } })", "a coroutine cannot be passed to another module"),
            ("lib.give()", "a coroutine cannot be passed to another module"),
            (
                "local co = coroutine.create(function() lib.hold() coroutine.yield() end) coroutine.resume(co) lib.resume()",
                "the coroutine belongs to another module"
            ),
            (
                "local co = coroutine.create(function() lib.hold() coroutine.yield() end) coroutine.resume(co) lib.close()",
                "the coroutine belongs to another module"
            ),
        ])
    func coroutines(_ call: String, _ message: String) async {
        let report = await run(
            "local lib = import \"far/lib\" \(call)",
            [
                "far/lib": """
                local held
                return recipe { name = "lib", version = "1.0.0", summary = "Lib", exports = {
                    take = function(co) end, give = function() return coroutine.create(print) end,
                    hold = function() held = coroutine.running() end,
                    resume = function() coroutine.resume(held) end, close = function() coroutine.close(held) end } }
                """
            ])
        #expect(report.failure?.message.contains(message) == true, "\(report)")
    }

    @Test("no module can name another's secret")
    func secretNames() async {
        let library = """
            return recipe { name = "lib", version = "1.0.0", summary = "Lib",
                run = function() return { sp.secret("password") } end }
            """
        let report = await run(
            """
            local theirs = import("far/lib"){}[1]
            local ok, error = pcall(sp.secret, "far/lib: password")
            return { ok = ok, error = tostring(error), same = sp.secret("password") == theirs }
            """, ["far/lib": library])
        #expect(report.result?["ok"] == false && report.result?["same"] == false, "\(report)")
    }

    @Test(
        "a library cannot reach more than it was granted, nor the resources of other modules",
        arguments: [
            "sp.create_sysuser{ serverid = 'x', name = 'abc' }", "return secret",
            "_G.secret = 1 return load('return secret')()",
            "string.upper = nil table.insert(sp, print)", "sp.servers = print",
            "getmetatable('').__index.upper = print", "setmetatable(_G, nil)", "return debug.getinfo(1)",
            "return require 'x'",
            "coroutine.wrap(function() sp.delete_server('x') end)()",
            "local e = select(2, pcall(error, {})) return getmetatable(e).__index",
            "load('sp.delete_server(\"x\")', 'x', 't', { sp = sp })()",
        ])
    func isolated(_ body: String) async {
        let report = await run(
            """
            secret = "of the importer"
            local lib = import "far/lib"
            local ok, value = pcall(lib.go)
            return { upper = ("x"):upper(), servers = #sp.servers(), secret = secret, leaked = value == secret }
            """,
            [
                "far/lib": """
                return recipe { name = "lib", version = "1.0.0", summary = "x", exports = { go = function() \(body) end } }
                """
            ])
        #expect(report.result?["upper"] == "X" && report.result?["servers"] == 2, "\(report)")
        #expect(report.result?["secret"] == "of the importer" && report.result?["leaked"] == false)
        #expect(report.changes == [])
    }

    @Test("a project file without a header belongs to its importer; a foreign file without one is rejected")
    func plain() async {
        let helper = "local m = {} function m.double(x) return 2 * x end return m"
        let near = await run("local h = import 'helper' return { x = h.double(4) }", ["helper": helper])
        #expect(near.result?["x"] == 8)
        let far = await run("import 'far/helper'", ["far/helper": helper])
        #expect(far.failure?.code == "import_failed" && far.failure?.message.contains("has no header") == true)
        let sneaky = await run(
            "local h = import 'helper'\n" + HeaderTests.recipe(""),
            ["helper": "sp.create_server{ name = 'x' } return {}"])
        #expect(sneaky.failure?.code == "header_calls" && sneaky.changes == [])
    }

    @Test("circular imports, missing modules and syntax errors raise clear errors")
    func failures() async {
        func recipe(importing name: String) -> String { "import '\(name)'\n" + HeaderTests.recipe("") }
        let circle = await run("import 'a'", ["a": recipe(importing: "b"), "b": recipe(importing: "a")])
        #expect(circle.failure?.message == "import: circular import: test.lua → a → b → a")
        let missing = await run("import 'nowhere'", [:])
        #expect(missing.failure?.message == "import: 'nowhere': there is no such recipe")
        #expect(missing.failure?.hint == "sprun get nowhere")
        let broken = await run("import 'broken'", ["broken": "return recipe {\n name = = 1 }"])
        #expect(broken.failure?.code == "syntax", "\(broken.failure.debugDescription)")
        #expect(broken.failure?.site?.source == "broken" && broken.failure?.site?.line == 2)
        let failing = await run(
            "local f = import 'f'\nf()", ["f": HeaderTests.recipe("", run: "\n  error('inside')\n")])
        #expect(failing.failure?.message == "inside")
        #expect(failing.failure?.excerpt?.line == "  error('inside')", "\(failing.failure.debugDescription)")
    }

    @Test("a run that crashes during concurrent imports resumes to the same result")
    func dying() async throws {
        let lua = """
            local server = sp.find_server{ name = "www1" }
            local made = sp.each({ "one", "two", "three" }, function(name)
                if name ~= "two" then sp.sleep("1s") end
                local user = import "far/user"
                return user{ server = server, name = name }.id
            end)
            local last = import("late"){ server = server, name = "four" }
            return { count = #made, last = last.id ~= nil }
            """
        let late = Self.userRecipe.replacing("name = \"user\"", with: "name = \"late\"")
        let modules = ["far/user": Self.userRecipe, "late": late]
        let surroundings: @Sendable (Fate) -> RecipeSurroundings = { _ in
            RecipeSurroundings(program: "0.1.0", importer: TextImporter(texts: modules))
        }
        let whole = DurableRunner(lua, surroundings: surroundings)
        let fate = Fate()
        #expect(try await whole.live(fate).result == ["count": 3, "last": true])
        #expect(fate.moments > 20)
        for moment in 1...fate.moments {
            let runner = DurableRunner(lua, surroundings: surroundings)
            guard try await runner.live(Fate(dyingAt: moment)).failure != nil else { continue }
            let second = try await runner.live()
            #expect(
                second.result == ["count": 3, "last": true], "\(moment): \(second.failure?.description ?? "")")
            #expect(runner.picture == whole.picture, "\(moment)")
        }
    }

    @Test("concurrent branches that import one module share it")
    func sideBySide() async {
        let counting = """
            local other = import "far/other"
            local count = 0
            return recipe { name = "count", version = "1.0.0", summary = "Counts", limits = { create = 1 },
                needs = { create = { "sysusers" } },
                exports = { make = function(server, name)
                    count = count + 1
                    sp.create_sysuser{ serverid = server, name = name }
                    return count
                end } }
            """
        let report = await run(
            """
            local server = sp.find_server{ name = "www1" }
            sp.each({ "one", "two", "three" }, function(name)
                sp.servers()
                return import("far/count").make(server.id, name)
            end)
            """, ["far/count": counting, "far/other": HeaderTests.recipe("")])
        #expect(report.failure?.code == "too_many_changes")
        #expect(report.changes.count == 1)
    }

    @Test(
        "changes of a returned function count toward the limits of the call that returned it",
        arguments: [
            "made.again(server.id, 'two')", "coroutine.wrap(function() made.again(server.id, 'two') end)()",
            "sp.each({ 'two', 'three' }, function(name) made.again(server.id, name) end)",
            "sp.all{ function() made.again(server.id, 'two') end, function() lib{ server = server, name = 'three' } end }",
            "made.later() made.later()", "lib{ server = server, name = 'two', call = made.again }",
        ])
    func limitsThroughFunctions(_ call: String) async {
        let library = """
            local function make(server, name) sp.create_sysuser{ serverid = server, name = name } end
            return recipe { name = "lib", version = "1.0.0", summary = "Lib", limits = { create = 1 },
                needs = { create = { "sysusers" } },
                params = { server = param.server{ required = true }, name = param.string{ required = true } },
                run = function(p)
                    make(p.server.id, p.name)
                    return { again = make, later = coroutine.wrap(function()
                        coroutine.yield() make(p.server.id, "later") end) }
                end }
            """
        let report = await run(
            """
            local lib, server = import "far/lib", sp.find_server{ name = "www1" }
            local made = lib{ server = server, name = "one" }
            \(call)
            """, ["far/lib": library])
        #expect(report.failure != nil, "\(report)")
        let allowed = call.contains("lib{") ? 2 : 1
        #expect(report.changes.count <= allowed, "\(report.changes)")
    }

    @Test("a module cannot make calls while its importer is read, and cannot set the result")
    func helpers() async {
        let helper = "return { go = function() sp.create_server{ name = 'x' } end }"
        let sneaky = await run(
            "local h = import 'helper' pcall(h.go)\n" + HeaderTests.recipe("limits = { create = 0 },"),
            ["helper": helper])
        #expect(sneaky.failure == nil && sneaky.changes == [])
        let result = await run(
            "import('far/r')() return { from = 'main' }",
            ["far/r": HeaderTests.recipe("", run: "sp.result{ from = 'imported' }")])
        #expect(result.failure?.code == "bad_result")
        let old = await run("import 'far/old'", ["far/old": HeaderTests.recipe("sprun = '>=9',")])
        #expect(old.failure?.code == "other_version")
    }

    @Test("deeply nested imports raise an error")
    func deep() async {
        var modules: [String: String] = [:]
        for number in 1...40 { modules["m\(number)"] = "import 'm\(number + 1)'\n" + HeaderTests.recipe("") }
        let report = await run("import 'm1'", modules)
        #expect(report.failure?.message == "import: imports are nested more than 16 levels deep")
    }
}
