import Foundation
import Subprocess
import Testing

@Suite("Questions for missing parameters")
struct ParameterQuestionTests {
    @Test("list the choices, and repeat after a wrong answer")
    func choices() async throws {
        let user = try User()
        try user.write(
            "ask.lua",
            """
            return recipe {
                name = "ask", version = "1.0.0", summary = "s", needs = {},
                params = {
                    server = param.server{ required = true, doc = "The server." }, runtime = param.runtime{ required = true, doc = "PHP.", server = "server" },
                    mode = param.enum{ required = true, doc = "What to do.", values = { "create", "delete" } },
                    count = param.integer{ required = true, doc = "How many.", example = "3" }, note = param.file{ required = true, doc = "A note." },
                },
                run = function(p)
                    return { server = p.server.name, runtime = p.runtime, mode = p.mode, count = p.count, note = p.note }
                end,
            }
            """)
        try user.write("note.txt", "hello")
        let run = try await user.sprunOnTerminal(
            ["run", "--simulate", "--color", "never", "ask.lua"],
            answers: [
                ("server: ", "www9"), ("server: ", "www1"), ("runtime: ", "php1.0"), ("runtime: ", "newest"),
                ("mode: ", "creat"), ("mode: ", "create"), ("count: ", "many"), ("count: ", "3"),
                ("note: ", "none.txt"), ("note: ", "note.txt"),
            ])
        #expect(run.status == .exited(0), "\(run)")
        let text = run.output.replacing("\r\n", with: "\n")
        for line in [
            "server  The server.\n  www1  www4\n", "  no server is named 'www9'", "  newest  php5.6  ",
            "  the server does not have 'php1.0'\n", "  create  delete\n",
            "  'creat' is not one of create, delete; did you mean 'create'?\n", "count  How many. Such as 3.\n",
            "  'many' is not a valid integer\n", "'none.txt' cannot be read", "server   www1\n", "note     hello\n",
        ] { #expect(text.contains(line), "\(line) in \(text)") }
        let plan = try await user.sprunOnTerminal(
            [
                "plan", "--simulate", "--color", "never", "ask.lua", "runtime=newest", "mode=create", "count=1",
                "note=note.txt",
            ],
            answers: [("server: ", "www4")])
        #expect(plan.status == .exited(0) && plan.output.contains("No changes."), "\(plan)")
    }

    @Test("require SERVER/NAME if several resources have the name")
    func ambiguous() async throws {
        let user = try User()
        try user.write(
            "account.json",
            #"{"servers": [{"name": "a", "sysusers": [{"name": "fern"}]}, {"name": "b", "sysusers": [{"name": "fern"}]}]}"#
        )
        try user.write(
            "ask.lua",
            """
            return recipe {
                name = "ask", version = "1.0.0", summary = "s", needs = {}, params = { user = param.sysuser{ required = true } },
                run = function(p) return p.user.name end,
            }
            """)
        let run = try await user.sprunOnTerminal(
            ["run", "--simulate", "--seed-account", "account.json", "ask.lua"],
            answers: [("user: ", "fern"), ("user: ", "b/fern")])
        #expect(run.status == .exited(0) && run.output.contains("write a/fern or b/fern"), "\(run)")
    }
}
