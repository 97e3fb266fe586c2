import RecipeEngine
import SprunTesting
import Testing

@Suite("Hints for usual mistakes in Lua")
struct LuaSlipTests {
    /// A mistake and the beginning of its hint; `nil` for no hint.
    struct Slip: CustomTestStringConvertible {
        let code: String
        let hint: String?
        var testDescription: String { code }
    }

    static let slips = [
        Slip(code: "io.open('x')", hint: "recipes have no io. To read a file: param.file{}"),
        Slip(code: "print(os.time())", hint: "recipes have no os. The time: sp.time()"),
        Slip(code: "local x = require 'x'", hint: "recipes have no require: import \"name\""),
        Slip(code: "dofile('x.lua')", hint: "recipes have no dofile: import"),
        Slip(code: "if 1 != 2 then end", hint: "Lua writes 'not equal' as ~="),
        Slip(code: "local a = true && false", hint: "Lua writes && as and"),
        Slip(code: "local n = 1 n += 1", hint: "Lua has no +=: write x = x + 1"),
        Slip(code: "local s = '!=' local x = = 1", hint: nil),
        Slip(code: "for s in sp.servers() do end", hint: "a list needs ipairs: for _, s in ipairs(sp.servers()) do"),
        Slip(
            code: "for i, s in sp.apps{ runtime = 'php8.3' } do end",
            hint: "a list needs ipairs: for _, s in ipairs(sp.apps{ runtime = 'php8.3' }) do"),
        Slip(code: "sp.get_server('x')", hint: "use sp.find_server{ … } or sp.server(id)"),
        Slip(code: "sp.list_databases()", hint: "use sp.dbs(filter?)"),
        Slip(code: "sp.remove_app('x')", hint: "use sp.delete_app(id) or sp.ensure_absent_app"),
        Slip(code: "sp.frobnicate()", hint: "sprun help sp lists its functions"),
        Slip(code: "sp.create_ap{}", hint: nil),
        Slip(code: "http.fetch('x')", hint: "http has request, get, post_json"),
        Slip(code: "param.bool{}", hint: "use param.boolean(options?)"),
        Slip(code: "param.zzz{}", hint: "param has string, integer, number, boolean, enum"),
        Slip(
            code: "local s = sp.find_server{ name = 'www9' }\nprint(s.id)",
            hint: "sp.find_server returned nil: there is no such server"),
        Slip(
            code: "local s = sp.find_server{\n    name = 'www9',\n}\nlocal function show() print(s.id) end\nshow()",
            hint: "sp.find_server returned nil: there is no such server"),
        Slip(code: "print(sp.find_app{ name = 'x' }.id)", hint: "sp.find_app returned nil: there is no such app"),
        Slip(code: "local t = {} t.x.y = 1", hint: nil),
        Slip(
            code: "local server = sp.servers()[1]\nprint('on ' .. server)",
            hint: "server is a table: join one of its fields, such as server.name"),
        // The value that is nil is not that of the search.
        Slip(code: "local s = sp.find_server{ name = 'www1' }\ns = nil\nprint(s.id)", hint: nil),
        Slip(code: "local s = sp.find_server{ name = 'www1' }\nlocal function f(s) return s.id end\nf(nil)", hint: nil),
        Slip(code: "local s = sp.find_server{ name = 'www1' }.nothing\nprint(s.id)", hint: nil),
        Slip(code: "-- s = sp.find_server{}\nlocal s\nprint(s.id)", hint: nil),
        Slip(code: "print('a' .. sp.params.domain)", hint: "sp.params.domain is nil: pass domain=VALUE"),
        Slip(code: "local d = sp.params.domain\nprint('a' .. d)", hint: "sp.params.domain is nil: pass domain=VALUE"),
        Slip(
            code: "local u = sp.ensure_sysuser{ serverid = sp.servers()[1].id, name = 'acme' } sp.wait(u)",
            hint: "pass the action, the second result: local user, action = sp.create_sysuser{ … }"),
        Slip(
            code: "return recipe { name = 'x', version = '1', summary = 'x', returns = { url = 'string', "
                + "port = 'integer?' }, run = function() end }",
            hint: "end run with: return { url = … }. The changes stay"),
    ]

    @Test("the hint says what to write instead", arguments: slips)
    func hint(_ slip: Slip) async throws {
        let report = await RecipeStage().run(slip.code)
        let failure = try #require(report.failure)
        if let hint = slip.hint {
            #expect(failure.hint?.hasPrefix(hint) == true, "\(failure.message): \(failure.hint ?? "no hint")")
        } else {
            #expect(failure.hint == nil, "\(failure.message): \(failure.hint ?? "")")
        }
    }

    @Test("an imported module gets the same hints")
    func module() async {
        let surroundings = RecipeSurroundings(
            program: RecipeStage.program,
            importer: TextImporter(texts: ["lib": "return { now = function() return os.time() end }"]))
        let report = await RecipeStage().run("print(import('lib').now())", surroundings: surroundings)
        #expect(report.failure?.hint?.hasPrefix("recipes have no os.") == true, "\(report.failure?.hint ?? "")")
    }
}
