import Foundation
import Subprocess
import Testing

@Suite("The form of the result")
struct ResultFormTests {
    /// A result with values that shells, YAML and workflow files could misread.
    private static let result = """
        print("printed")
        return {
            ["a b"] = "it's \\"$HOME\\" `id`", multi = "a\\nEND\\n", number = 12, text = "12", word = "yes", no = false,
            nested = { list = { 1, 2.5, true, sp.null }, empty = sp.list{} }, nothing = "", date = "2026-11-30",
        }
        """

    private func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Finished {
        try await User().launch(["run", "--simulate"] + arguments, environment: environment).run()
    }

    @Test("json and yaml print the same document, and the recipe's text goes to standard error")
    func documents() async throws {
        let json = try await run("-o", "json", "-e", Self.result)
        #expect(json.error.hasPrefix("printed\n"), "\(json)")
        let yaml = try await run("-o", "yaml", "-e", Self.result)
        let user = try User()
        try user.write("r.json", json.output)
        try user.write("r.yaml", yaml.output)
        let check = "import json, yaml; a = yaml.safe_load(open('r.yaml')); assert a == json.load(open('r.json')), a"
        let judged = try await user.shell("'\(try Installation.python())' -c \"\(check)\"")
        #expect(judged.status == .exited(0), "\(judged)\(yaml)")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["a b"] as? String == "it's \"$HOME\" `id`")
        #expect(object["multi"] as? String == "a\nEND\n")
    }

    @Test("env prints assignments that a shell evaluates to the same values")
    func env() async throws {
        let shown = try await run("-o", "env", "-e", Self.result)
        let user = try User()
        try user.write("r.env", shown.output)
        let read = try await user.shell(
            #". ./r.env; printf '%s|' "$a_b" "$multi" "$number" "$word" "$no" "$nothing" "$nested""#)
        #expect(
            read.output
                == #"it's "$HOME" `id`|a\#nEND\#n|12|yes|false||{"empty":[],"list":[1,2.5,true,null]}|"#, "\(shown)")
    }

    @Test("github appends outputs to the file of GITHUB_OUTPUT, and asks GitHub to mask secrets")
    func github() async throws {
        let user = try User()
        try user.write("out", "earlier=1\n")
        let recipe = """
            sp.create_sysuser{ serverid = sp.servers()[1].id, name = "acme", password = sp.secret("a") }
            return { password = sp.secret("a"), multi = "a\\nEND\\n" }
            """
        let out = user.folder + "/out"
        let hidden = try await user.launch(
            ["run", "--simulate", "-o", "github", "-e", recipe], environment: ["GITHUB_OUTPUT": out]
        ).run()
        #expect(hidden.status == .exited(0) && hidden.output.isEmpty, "\(hidden)")
        #expect(
            try user.read("out") == "earlier=1\nmulti<<END_\na\nEND\n\nEND_\npassword=<redacted>\n")
        let shown = try await user.launch(
            [
                "run", "--simulate", "--reveal-secrets", "-o", "github", "--field", "password", "-e",
                recipe
                    .replacing("acme", with: "acme2"),
            ],
            environment: ["GITHUB_OUTPUT": out]
        ).run()
        let password = try #require(try user.read("out").firstMatch(of: #/password=([A-Za-z0-9]{24})\n$/#)).output.1
        #expect(shown.output == "::add-mask::\(password)\n", "\(shown)")
        let unset = try await run("-o", "github", "-e", "return 1")
        #expect(unset.status == .exited(64) && unset.error.contains("$GITHUB_OUTPUT"), "\(unset)")
    }

    @Test(
        "--field prints one member",
        arguments: [
            ("text", "--field=name", "acme\n"), ("json", "--field=name", "\"acme\"\n"),
            ("env", "--field=name", "name=acme\n"), ("text", "--field=names", "a\nb\n"),
            ("text", "--field=on", "true\n"), ("json", "--field=names", "[\n  \"a\",\n  \"b\"\n]\n"),
        ])
    func field(_ form: String, _ field: String, _ output: String) async throws {
        let shown = try await run("-o", form, field, "-e", "return { name = 'acme', names = { 'a', 'b' }, on = true }")
        #expect(shown.output == output, "\(shown)")
        let usual = try await run("--field", "name", "-e", "print('x') return { name = 'acme' }")
        #expect(usual.output == "acme\n", "\(usual)")
    }

    @Test("a member that the result lacks is an error that names the others")
    func missing() async throws {
        let shown = try await run("--field", "url", "-e", "return { name = 'acme', domain = 'acme.example' }")
        #expect(shown.status == .exited(1) && shown.output.isEmpty)
        #expect(
            shown.error.contains("error[SP0218]: the result has no member 'url'\n  = hint: its members: domain, name"),
            "\(shown)")
        let scalar = try await run("--field", "url", "-e", "return 7")
        #expect(scalar.error.contains("hint: the result is not a table; omit --field"), "\(scalar)")
    }

    @Test("-o and --field cannot be combined with --json, whose lines are events")
    func conflict() async throws {
        for option in [["-o", "json"], ["--field", "a"]] {
            let shown = try await User().launch(["run", "--simulate", "--json"] + option + ["-e", "return 1"]).run()
            #expect(shown.status == .exited(64) && shown.error.contains("use -o json for the result alone"), "\(shown)")
        }
    }

    @Test(
        "a result that is not a table is printed",
        arguments: [
            ("'hello'", "hello\n"), ("42", "42\n"), ("1.5", "1.5\n"), ("false", "false\n"), ("'a\\nb'", "a\n| b\n"),
            ("{ 'a', 'b' }", "a\nb\n"), ("nil", ""),
        ])
    func scalar(_ value: String, _ output: String) async throws {
        let shown = try await run("-e", "return \(value)")
        #expect(shown.status == .exited(0) && shown.output == output, "\(shown)")
        let set = try await run("-e", "sp.result(\(value == "nil" ? "false" : value))")
        #expect(set.output == (value == "nil" ? "false\n" : output), "\(set)")
    }

    @Test("a list of tables is a table that fits the page, and its last line names the other columns")
    func tables() async throws {
        let recipe = """
            return {
                { sites = { "x", "y" }, size = 7, name = "acme" }, { name = "b", long = ("z"):rep(50), size = sp.null },
            }
            """
        let piped = try await run("-e", recipe)
        #expect(
            piped.lines == [
                "name  size  long                                      sites",
                "acme  7" + String(repeating: " ", count: 47) + "x, y",
                "b           " + String(repeating: "z", count: 50),
            ], "\(piped)")
        let narrow = try await run("-e", recipe, environment: ["COLUMNS": "40"])
        #expect(narrow.lines == ["name  size", "acme  7", "b", "(also: long, sites; -o json shows all)"], "\(narrow)")
        let named = try await run("-e", "return { apps = sp.list{ { name = 'a' } }, n = 1 }")
        #expect(named.lines == ["apps", "  name", "  a", "n     1"], "\(named)")
    }
}
