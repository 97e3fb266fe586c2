import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import SprunTesting
import Testing

/// Secrets of recipes: `sp.secret` and `param.secret` give values that recipes pass on, but do not read.
@Suite("Secrets that recipes pass to functions")
struct SecretHandleTests {
    private static let token = "tok-1234567890"

    /// Returns a recipe with a parameter `token` that is a secret, and these lines as its `run`.
    private static func recipe(_ lines: String, needs: String = "", returns: String = "") -> String {
        """
        return recipe {
            name = "r", version = "1.0.0", summary = "R", needs = { \(needs) }, returns = { \(returns) },
            params = { token = param.secret{ required = true } },
            run = function(p)
                \(lines)
            end,
        }
        """
    }

    private func run(
        _ recipe: String, _ surroundings: RecipeSurroundings = RecipeSurroundings(program: "0.1.0")
    ) async -> RunReport {
        await RecipeStage().run(recipe, parameters: ["token": Self.token], surroundings: surroundings)
    }

    @Test("requests to other APIs can contain them in URL, headers, body, JSON and form")
    func web() async throws {
        let web = ScriptedWeb()
        let report = await run(
            Self.recipe(
                """
                local url = "https://api.example/x"
                http.get(url .. "?t=" .. p.token, { headers = { Authorization = "Bearer " .. p.token } })
                http.request{ method = "PUT", url = url, body = table.concat({ "a", p.token }, "=") }
                http.post_json(url, { deep = { p.token } }, { idempotency_key = "1" })
                http.request{ method = "PUT", url = url, form = { token = p.token } }
                """, needs: "http = { 'api.example' }"), web.surroundings)
        #expect(report.failure == nil, "\(report)")
        #expect(web.lines.first == "GET https://api.example/x?t=\(Self.token)")
        #expect(web.requests.first?.fields.first { $0.name == "authorization" }?.value == "Bearer \(Self.token)")
        let bodies = web.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(
            bodies == ["", "a=\(Self.token)", #"{"deep":["\#(Self.token)"]}"#, "token=\(Self.token)"])
    }

    @Test("scripts and files for other hosts can contain them")
    func shell() async throws {
        let inputs = Recorder<String>()
        let shell = ScriptedShell { _, input in
            inputs.add(input)
            return (.success(ShellResult(status: 0, output: [], error: [])), [])
        }
        let report = await run(
            Self.recipe(
                """
                local host = { host = "192.0.2.7", user = "root" }
                ssh.run{ host = host.host, user = host.user, script = "echo " .. p.token, stdin = ("%s!"):format(p.token) }
                ssh.copy{ host = host.host, user = host.user, to = "/x", content = table.concat{ "p=", p.token } }
                """, needs: "ssh = { '192.0.2.7' }"), shell.surroundings())
        #expect(report.failure == nil, "\(report)")
        #expect(shell.scripts.first == "echo \(Self.token)")
        #expect(inputs.take() == ["\(Self.token)!"] && shell.files.values.contains("p=\(Self.token)"), "\(shell.files)")
    }

    @Test("ServerPilot receives them as passwords, and in no other field")
    func passwords() async {
        let needs = "create = { 'sysusers', 'apps' }, update = { 'sysusers' }"
        let made = await run(
            Self.recipe(
                """
                local server = sp.find_server{ name = "www1" }
                local user = sp.create_sysuser{ serverid = server.id, name = "acme", password = p.token }
                sp.update_sysuser(user.id, { password = p.token .. "x" })
                """, needs: needs))
        #expect(made.failure == nil, "\(made)")
        for line in [
            "sp.create_sysuser{ serverid = 'AAAAAAAAAAAAAAAA', name = p.token }", "sp.find_sysuser{ name = p.token }",
            "sp.create_app{ name = 'x', sysuserid = p.token, runtime = 'php8.2' }",
            "sp.update_app('AAAAAAAAAAAAAAAA', { runtime = p.token })", "sp.app(p.token)", "sp.short_name(p.token, 12)",
        ] {
            let report = await run(Self.recipe(line, needs: needs))
            #expect(report.failure?.message.contains("secret") == true, "\(line): \(report)")
            #expect(report.requests.allSatisfy { !$0.contains(Self.token) } && report.changes == [], "\(line)")
        }
    }

    @Test("a result contains their texts, also in concatenated strings")
    func results() async {
        let report = await run(
            Self.recipe(
                "return { token = p.token, line = 't=' .. p.token, list = { p.token } }",
                returns: "token = 'secret', line = 'string', list = 'list'"))
        #expect(
            report.result == [
                "line": .string("t=\(Self.token)"), "list": [.string(Self.token)], "token": .string(Self.token),
            ],
            "\(report)")
        #expect(report.outcome?.redactedResult?["line"] == "t=<redacted>")
    }

    @Test("the same name returns the same secret, and messages show <redacted>")
    func shown() async {
        let report = await run(
            Self.recipe(
                """
                print(sp.secret('a') == sp.secret('a'), sp.secret('a') == sp.secret('b'), 't=' .. p.token)
                sp.log("t=" .. p.token)
                sp.warn(p.token)
                error("no " .. p.token)
                """))
        #expect(report.printed == ["true\tfalse\tt=<redacted>"], "\(report)")
        let logged = report.events.compactMap { if case .logged(let text, _) = $0 { text } else { nil } }
        #expect(logged == ["t=<redacted>"] && report.warnings == ["<redacted>"], "\(report)")
        #expect(report.failure?.message.contains("no <redacted>") == true, "\(report)")
    }

    @Test("a recipe reads them only with the need, and the error names the line to add")
    func revealed() async {
        for secret in ["p.token", "sp.secret('password')", "('x' .. p.token)"] {
            let line = "print(#\(secret):reveal() > 10)"
            let refused = await run(Self.recipe(line))
            #expect(refused.failure?.code == "not_granted", "\(refused)")
            #expect(refused.failure?.hint == "add to the needs of 'test.lua': secrets = \"reveal\"", "\(refused)")
            let granted = await run(Self.recipe(line, needs: "secrets = 'reveal'"))
            #expect(granted.printed == ["true"], "\(granted)")
            // A script without a header may do everything.
            let plain = await run("print(#sp.secret('password'):reveal())")
            #expect(plain.printed == ["24"], "\(plain)")
        }
    }

    @Test(
        "a function that would read a secret raises an error",
        arguments: ["p.token:upper()", "p.token:sub(1, 8)", "('x' .. p.token):find('x')", "p.token:gsub('a', 'b')"])
    func opaque(_ expression: String) async {
        let report = await run(Self.recipe("return \(expression)"))
        #expect(report.failure?.message.contains("cannot look into a secret") == true, "\(report)")
    }

    @Test(
        "no reply and no error reveals a secret's text",
        arguments: [
            "http.get('https://api.example/', { planned = { body = p.token } }).body",
            "http.get('https://' .. p.token .. '/')", "http.get('https://api.example/', { [p.token] = 1 })",
            "http.post_json('https://api.example/', { [p.token] = 1 })",
            "http.request{ method = 'PUT', url = 'https://api.example/', json = { [p.token] = print } }",
            "http.get('https://api.example/', { headers = { x = p.token .. '\\n' } })",
            "ssh.run{ host = p.token, script = 'x' }", "ssh.run{ host = 'h', identity = p.token, script = 'x' }",
            "ssh.run{ host = '192.0.2.7', script = 'x', planned = { stdout = p.token } }.stdout",
            "sp.result{ [p.token] = print }", "sp.secret(p.token, { length = 3 })",
            "sp.add_domains('AAAAAAAAAAAAAAAA', { p.token })",
        ])
    func answers(_ call: String) async {
        let lines = """
            local _, answer = pcall(function() return \(call) end)
            local text = tostring(answer) .. (type(answer) == "table" and tostring(answer.hint) or "")
            for guess in ("\(Self.token)"):gmatch(".+") do
                sp.result{ found = text:reveal():find(guess, 1, true) ~= nil and text == text:reveal() }
            end
            """
        let report = await run(
            Self.recipe(lines, needs: "secrets = 'reveal', http = { 'api.example' }, ssh = { '192.0.2.7' }"))
        #expect(report.result == ["found": false], "\(call): \(report)")
        #expect(report.changes == [], "\(call): \(report)")
    }

    @Test("a secret that passed through a module is readable only if the module may read secrets")
    func passedOn() async {
        func library(_ needs: String) -> String {
            """
            return recipe { name = "lib", version = "1.0.0", summary = "L", needs = { \(needs) }, exports = {
                read = function(t) return t.s:reveal() end, call = function(f) return f("x"):reveal() end,
                back = function(s) return s end } }
            """
        }
        for call in ["lib.read{ s = p.token }", "lib.call(sp.secret)", "lib.back(p.token):reveal()"] {
            for (needs, isRead) in [("", false), ("secrets = 'reveal'", true)] {
                let report = await run(
                    Self.recipe(
                        "local lib = import('far/lib') print(#\(call) > 0, #p.token:reveal() > 0)",
                        needs: "secrets = 'reveal'"),
                    RecipeSurroundings(program: "0.1.0", importer: TextImporter(texts: ["far/lib": library(needs)])))
                #expect(report.printed == (isRead ? ["true\ttrue"] : []), "\(call): \(report)")
                #expect(report.failure?.code == (isRead ? nil : "not_granted"), "\(call): \(report)")
            }
        }
    }

    @Test("a correct guess does not get the secret's seal, so a module cannot test guesses")
    func guessed() async {
        let library = """
            return recipe { name = "lib", version = "1.0.0", summary = "L",
                params = { s = param.secret{}, word = param.string{} }, returns = { s = "secret" },
                run = function(p) return { s = p.s } end }
            """
        let report = await run(
            Self.recipe(
                """
                local lib = import "far/lib"
                print(lib{ s = "\(Self.token)" }.s == lib{ s = p.token }.s, lib{ s = p.token }.s == lib{ s = p.token }.s,
                    pcall(lib, { s = p.token, word = "\(Self.token)" }))
                """),
            RecipeSurroundings(program: "0.1.0", importer: TextImporter(texts: ["far/lib": library])))
        #expect(report.printed.first?.hasPrefix("false\ttrue\ttrue") == true, "\(report)")
    }

    @Test("secrets in a list, and texts that only look equal, stay distinct")
    func apart() async {
        let library = """
            return recipe { name = "lib", version = "1.0.0", summary = "L",
                params = { one = param.secret{}, all = param.list{ of = param.secret{} } },
                returns = { one = "secret?", all = "list?" }, run = function(p) return p end }
            """
        let report = await RecipeStage().run(
            """
            local lib = import "far/lib"
            return { all = lib{ all = { "first-secret", "second-secret" } }.all,
                composed = lib{ one = "caf\\u{e9}-secret" }.one, decomposed = lib{ one = "cafe\\u{301}-secret" }.one }
            """,
            surroundings: RecipeSurroundings(program: "0.1.0", importer: TextImporter(texts: ["far/lib": library])))
        #expect(report.result?["all"] == ["first-secret", "second-secret"], "\(report)")
        let given = await RecipeStage().run(
            library, parameters: ["all": "first-secret,second-secret"])
        #expect(given.result?["all"] == ["first-secret", "second-secret"], "\(given)")
        let texts = ["composed", "decomposed"].map { report.result?[$0]?.stringValue.map { Array($0.utf8) } }
        #expect(texts == [Array("caf\u{e9}-secret".utf8), Array("cafe\u{301}-secret".utf8)], "\(report)")
    }

    @Test("a secret parameter has at most 64 KiB")
    func longest() async {
        for (count, isTaken) in [(64 << 10, true), ((64 << 10) + 1, false)] {
            let report = await RecipeStage().run(
                Self.recipe("print('taken')"), parameters: ["token": String(repeating: "x", count: count)])
            #expect(report.printed == (isTaken ? ["taken"] : []), "\(count)")
        }
    }

    @Test("other words than reveal are refused in needs", arguments: ["true", "'read'", "{ 'reveal' }"])
    func needs(_ value: String) async {
        let report = await run(Self.recipe("", needs: "secrets = \(value)"))
        #expect(report.failure?.message.contains("needs.secrets must be \"reveal\"") == true, "\(report)")
    }

    @Test(
        "a module reads a secret only if it and its importer have the need", arguments: [true, false], [true, false])
    func modules(_ ofModule: Bool, _ ofImporter: Bool) async {
        let library = """
            return recipe {
                name = "lib", version = "1.0.0", summary = "L", needs = { \(ofModule ? "secrets = 'reveal'" : "") },
                params = { word = param.secret{ required = true } }, returns = { count = "integer" },
                run = function(p) return { count = #p.word:reveal() } end,
            }
            """
        let lines = "local lib = import 'far/lib' print(lib{ word = p.token .. '!' }.count)"
        let report = await run(
            Self.recipe(lines, needs: ofImporter ? "secrets = 'reveal'" : ""),
            RecipeSurroundings(program: "0.1.0", importer: TextImporter(texts: ["far/lib": library])))
        if ofModule, ofImporter {
            #expect(report.printed == ["\(Self.token.count + 1)"], "\(report)")
        } else {
            #expect(report.failure?.code == "not_granted" && report.printed == [], "\(report)")
        }
    }

    @Test("a module reads no secret of its importer, even if it could read its own")
    func exported() async {
        let library = """
            return recipe {
                name = "lib", version = "1.0.0", summary = "L", needs = { secrets = "reveal" },
                exports = { read = function(secret) return secret:reveal() end },
            }
            """
        let report = await run(
            Self.recipe("print(import('far/lib').read(p.token))"),
            RecipeSurroundings(program: "0.1.0", importer: TextImporter(texts: ["far/lib": library])))
        #expect(report.failure?.code == "not_granted" && report.printed == [], "\(report)")
    }
}
