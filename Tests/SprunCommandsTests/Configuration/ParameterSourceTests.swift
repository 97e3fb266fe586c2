import Subprocess
import Testing

@Suite("The sources of parameters")
struct ParameterSourceTests {
    private static let recipe = """
        return recipe {
            name = "site", version = "1.0.0", summary = "s", needs = { secrets = "reveal" },
            params = {
                word = param.string{ default = "default" }, list = param.list{}, number = param.integer{},
                on = param.boolean{}, token = param.secret{},
            },
            run = function(p)
                return {
                    word = p.word, list = p.list and table.concat(p.list, "|"), number = p.number, on = p.on,
                    length = p.token and #p.token:reveal(),
                }
            end,
        }
        """

    /// The places in the order in which they are tried.
    private static let places = ["command line", "file", "variable", "recipe in project", "project", "default"]

    @Test("the first source with a value is used", arguments: places.indices)
    func order(_ first: Int) async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        var arguments = ["run", "--simulate", "--field", "word"]
        var variables: [String: String] = [:]
        var project = ""
        var words: [String] = []
        for place in Self.places[first...] {
            switch place {
            case "command line": words = ["word=command line"]
            case "file":
                try user.write("p.toml", "word = \"file\"\n")
                arguments += ["--params", "p.toml"]
            case "variable": variables["SPRUN_PARAM_WORD"] = "variable"
            case "recipe in project": project += "[recipes.site]\nword = \"recipe in project\"\n"
            case "project": project += "[params]\nword = \"project\"\nother = 1\n"
            default: break
            }
        }
        try user.write("sprun.toml", project)
        let run = try await user.launch(arguments + ["site.lua"] + words, environment: variables).run()
        #expect(run.output == Self.places[first] + "\n", "\(run)")
        let isNoted = ["variable", "recipe in project", "project"].contains(Self.places[first])
        #expect(run.error.contains("parameters: word=") == isNoted, "\(run)")
    }

    @Test(
        "--params reads TOML and JSON to the same parameters",
        arguments: [
            ("p.toml", "word = \"a b\"\nlist = [\"x\", 2]\nnumber = 7\non = true\n"),
            ("p.json", #"{"word": "a b", "list": ["x", 2], "number": 7, "on": true, "token": null}"#),
        ])
    func forms(_ name: String, _ text: String) async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        try user.write(name, text)
        let run = try await user.sprun("run", "--simulate", "-o", "env", "--params", name, "site.lua")
        #expect(run.output == "list='x|2'\nnumber=7\non=true\nword='a b'\n", "\(run)")
    }

    @Test(
        "an unusable parameter file is an error that names it",
        arguments: [
            ("p.toml", "word = ", "p.toml: line 1 is not valid TOML"),
            ("p.toml", "word = { a = 1 }", "p.toml: 'word' must be a text"),
            ("p.json", "[1]", "p.json must contain names with values"), ("p.json", "{", "p.json: "),
            (
                "p.json", #"{"list": ["a,b"]}"#,
                "'list' must be a text, a number, true, false, or a list of them without commas"
            ),
            ("p.txt", "word=1", "cannot tell the form of 'p.txt'"),
            ("p.json", #"{"wrod": 1}"#, "wrod: unknown parameter; did you mean 'word'?"),
        ])
    func mistakes(_ name: String, _ text: String, _ message: String) async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        try user.write(name, text)
        let run = try await user.sprun("run", "--simulate", "--params", name, "site.lua")
        #expect(run.status == .exited(64) && run.error.contains(message), "\(run)")
        let missing = try await user.sprun("run", "--simulate", "--params", "none.toml", "site.lua")
        #expect(missing.error.contains("the file of --params 'none.toml' cannot be read"), "\(missing)")
    }

    @Test("a secret can come from a private file or a variable, and from no source that others can read")
    func secrets() async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        let arguments = ["run", "--simulate", "--field", "length"]
        try user.write("p.toml", "token = \"a-secret-token\"\n", mode: 0o600)
        let own = try await user.launch(arguments + ["--params", "p.toml", "site.lua"]).run()
        #expect(own.output == "14\n", "\(own)")
        try user.write("p.toml", "token = \"a-secret-token\"\n", mode: 0o644)
        let open = try await user.launch(arguments + ["--params", "p.toml", "site.lua"]).run()
        #expect(open.status == .exited(64) && open.error.contains("hint: chmod 600 p.toml"), "\(open)")
        let variable = try await user.launch(
            arguments + ["site.lua"], environment: ["SPRUN_PARAM_TOKEN": "@a-secret-token"]
        ).run()
        #expect(
            variable.output == "15\n" && variable.error.contains("parameters: token=… (SPRUN_PARAM_TOKEN)"),
            "\(variable)")
        try user.write("sprun.toml", "[params]\ntoken = \"a-secret-token\"\n")
        let project = try await user.launch(arguments + ["site.lua"]).run()
        #expect(
            project.status == .exited(64) && project.error.contains("sprun.toml is shared with the project"),
            "\(project)")
        try user.write("sprun.toml", "[params]\ntoken = \"@env:MINE\"\n")
        let named = try await user.launch(arguments + ["site.lua"], environment: ["MINE": "a-secret-token"]).run()
        #expect(named.output == "14\n", "\(named)")
        for run in [own, open, variable, project, named] { #expect(!run.everything.contains("a-secret-token")) }
    }

    @Test("a script without a header gets the parameters that its text reads")
    func plain() async throws {
        let user = try User()
        try user.write("sprun.toml", "[params]\nname = \"project\"\nunread = 1\n")
        let code = "local n = 0 for _ in pairs(sp.params) do n = n + 1 end return sp.params.name .. n"
        let project = try await user.sprun("run", "--simulate", "-e", code)
        #expect(project.output == "project1\n", "\(project)")
        let variable = try await user.sprun("run", "--simulate", "-e", code, environment: ["SPRUN_PARAM_NAME": "v"])
        #expect(variable.output == "v1\n", "\(variable)")
    }

    @Test("sprun.toml limits creations and deletions; options override it, and an unknown key is an error")
    func limits() async throws {
        let user = try User()
        try user.write("sprun.toml", "max_create = 0\n")
        let code = "sp.create_sysuser{ serverid = sp.servers()[1].id, name = 'acme' }"
        let stopped = try await user.sprun("run", "--simulate", "-e", code)
        #expect(stopped.status == .exited(8), "\(stopped)")
        let raised = try await user.sprun("run", "--simulate", "--max-create", "1", "-e", code)
        #expect(raised.status == .exited(0), "\(raised)")
        try user.write("sprun.toml", "endpoint = \"https://evil.example/v1\"\n")
        let refused = try await user.sprun("run", "--simulate", "-e", "return 1")
        #expect(refused.status == .exited(64) && refused.error.contains("unknown setting 'endpoint'"), "\(refused)")
    }
}
