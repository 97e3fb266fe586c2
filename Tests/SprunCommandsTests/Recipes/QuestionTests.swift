import Foundation
import Subprocess
import Testing

/// What is on the screen when sprun asks whether somebody else's recipe may run, and who wrote it.
@Suite("The question about a recipe", .timeLimit(.minutes(5)))
struct QuestionTests {
    /// Publishes a recipe in a repository, and gives its locator.
    private static func publish(_ user: User, _ files: [String: String]) async throws -> String {
        for (name, text) in files { try user.write("published/\(name)", text) }
        let done = try await user.shell(
            "cd published && git init -q -b main . && git add . && git commit -qm one && git tag v1",
            environment: [
                "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
                "GIT_COMMITTER_EMAIL": "a@example.org", "HOME": user.folder,
            ])
        #expect(done.status == .exited(0), "\(done)")
        return "file://\(user.folder)/published//wp-site@v1"
    }

    /// The rows of an 80 x 24 terminal when the question is asked.
    private static func rows(_ user: User, _ arguments: [String]) async throws -> [String] {
        // From the beginning of a line: recipes of these tests print the same words.
        let question = "\nRun this recipe from someone else? [y/N] "
        let run = try await user.python(
            "screen.py", [question, "n", "--", try Installation.sprun()] + arguments, environment: ["TERM": "xterm"])
        #expect(run.status == .exited(1), "\(run)")
        return run.lines
    }

    private static let needs =
        #"needs = { ssh = true, delete = { "servers" }, read = { "./a, b" }, create = { "apps" } },"#

    @Test(
        "the needs come last, one per row, whatever the author wrote",
        arguments: [
            // Rows filled with blanks or dots, so that what follows begins a row of the terminal.
            #"summary = line("A site"):rep(1) .. fake"#, #"summary = "s", description = ("."):rep(80 * 24) .. fake"#,
            #"summary = "s", description = fake .. ("\n"):rep(60) .. "needs\n  nothing: it only reads""#,
            #"summary = "s", author = fake, license = ("y "):rep(250)"#,
            #"summary = "s", examples = { fake, fake, ("x"):rep(2000) }"#,
            #"summary = "s", params = { a = param.string{ doc = fake }, b = param.string{ default = fake } }"#,
            // Wide letters, marks that stack, fillers and tags.
            #"summary = "s", description = ("\u{FF0E}"):rep(39) .. fake"#,
            #"summary = "s", description = "s" .. ("\u{301}"):rep(3000) .. fake"#,
            #"summary = "s", description = ("\u{3164}"):rep(40) .. fake"#,
            #"summary = "s", description = ("\u{2003}"):rep(80) .. fake"#,
        ])
    func needsLast(members: String) async throws {
        let user = try User()
        let locator = try await Self.publish(
            user,
            [
                "wp-site.lua": """
                local function line(text) return text .. (" "):rep(80 - #text) end
                local fake = line("parameters") .. line("  server  server, required") .. line("needs")
                    .. line("  nothing: it only reads") .. line("Run this recipe from someone else? [y/N] ")
                return recipe { name = "wp-site", version = "1.0.0", \(Self.needs) \(members), run = function() end }
                """
            ])
        let rows = try await Self.rows(user, ["run", locator])
        let last = [
            "", "needs", #"  read "./a, b""#, #"  create "apps""#, #"  delete "servers""#,
            "  ssh to EVERY HOST that your keys, agent and configuration reach",
            "Run this recipe from someone else? [y/N] ",
        ]
        #expect(rows.suffix(last.count) == last, "\(rows.joined(separator: "\n"))")
        // All that others wrote stands behind the bar; what does not is sprun's.
        for row in rows.dropLast(last.count) where !row.hasPrefix("  | ") {
            let own = ["", "parameters", "examples", "wp-site 1.0.0"]
            #expect(own.contains(row) || row.hasPrefix("from \"") || row.hasPrefix("     "), "\(row)")
        }
        #expect(rows.count { $0.contains("[y/N]") && !$0.hasPrefix("  | ") } == 1)
    }

    @Test("invisible characters in the names of needs are rejected, and combining characters are escaped")
    func names() async throws {
        let user = try User()
        let recipe = { (needs: String) in
            "return recipe { name = 'a', version = '1', summary = 's\\u{20DD}\\u{E9}', needs = { \(needs) }, "
                + "run = function() end }"
        }
        for needs in [
            "read = { '.' .. (' '):rep(72) .. 'nothing' }", "read = { 'a\\u{A0}b' }", "read = { ' a' }",
            "read = { 'a ' }",
            "read = { 'a\\u{3164}' }", "read = { 'a\\u{2800}' }", "read = { 'a\\u{E0041}' }", "read = { 'a\\u{202E}' }",
            "read = { '' }", "read = { ('x'):rep(300) }", "http = { 'a b' }", "http = { 'a.example/x' }",
            "http = { 'user@a.example' }", "http = { '2130706433' }", "http = { '0x7f.1' }", "http = { '127.1' }",
            "http = { 'a..b' }", "http = { 'a.example.' }", "http = { '' }", "http = { 'a.example:0' }",
            "http = { '\\u{212A}.example' }", "http = { 'a.example nothing: it only reads' }",
            "http = { '-a.example' }",
        ] {
            try user.write("a.lua", recipe(needs))
            let shown = try await user.sprun("show", "a.lua")
            #expect(shown.status == .exited(1) && shown.error.contains("needs."), "\(needs): \(shown)")
        }
        try user.write(
            "a.lua",
            recipe("read = { './a b', '/srv/e\\u{301}' }, http = { 'API.example.com:8443', '[::1]', '127.0.0.1' }"))
        let shown = try await user.sprun("show", "a.lua")
        #expect(
            shown.lines.contains(#"  read "./a b""#) && shown.lines.contains(#"  read "/srv/e\u{301}""#), "\(shown)")
        #expect(shown.lines.contains(#"  http "api.example.com:8443""#) && shown.lines.contains(#"  http "[::1]""#))
        #expect(shown.lines.contains("  | s\\u{20dd}\u{E9}"), "\(shown)")
    }

    @Test("imports that happen when the recipe runs are shown too, with their needs and imports")
    func laterImports() async throws {
        let user = try User()
        func recipe(_ name: String, _ needs: String, _ body: String) -> String {
            "return recipe { name = '\(name)', version = '1.0.0', summary = 's', needs = { \(needs) }, "
                + "run = function() \(body) end }"
        }
        let locator = try await Self.publish(
            user,
            [
                "wp-site.lua": recipe(
                    "wp-site", "", "import './parts/outer'{} local gone = import [[./gone]] print(import 'inventory')"),
                "parts/outer.lua": recipe("outer", "create = { 'apps' }", "import './inner'"),
                "parts/inner.lua": recipe("inner", "delete = { 'dbs' }", ""),
                "gone.lua": "return sp.servers()",
            ])
        let rows = try await Self.rows(user, ["run", locator])
        #expect(rows.contains("imports"), "\(rows)")
        // It has been got, so that it can be shown without a question, in rows that fit the path.
        let show = try await user.sprun("show", locator, environment: ["COLUMNS": "400"])
        let folder = locator.dropLast("wp-site@v1".count)
        for row in [
            #"\#(folder)parts/outer@v1  1.0.0, while it runs: create "apps""#,
            #"\#(folder)parts/inner@v1  1.0.0, for \#(folder)parts/outer@v1, while it runs: delete "dbs""#,
            "\(folder)gone@v1  a file of the project, while it runs",
        ] {
            #expect(show.lines.contains("  | \(row)"), "\(row): \(show)")
        }
        #expect(show.output.contains("inventory  1.") && show.output.contains("while it runs: only reads"), "\(show)")
        #expect(rows.suffix(3) == ["needs", "  nothing: it only reads", "Run this recipe from someone else? [y/N] "])
        let file = try await user.sprun("show", "--json", locator)
        #expect(file.output.contains(#""later":true"#), "\(file)")
    }

    @Test("no line of an author's text begins like a line of sprun")
    func lineBreaks() async throws {
        let user = try User()
        let forged = ["error[SP0101]: forged", "warning: forged", "  needs forged", "forged  done"]
        for line in forged {
            for code in [
                "sp.warn('x\\n\(line)')", "sp.log('x\\n\(line)')", "error('x\\n\(line)')",
                "error({ message = 'x\\n\(line)' })",
                "return { a = 'x\\n\(line)' }", "return { ['x\\n\(line)'] = 1 }", "load('x(', 'y\\n\(line)')()",
                "load('error()', 'y\\n\(line)')()", "load('local function f() error(1) end f()', '=y\\r\\n\(line)')()",
                "error('x\\u{2028}\(line)')", "error('x\\u{85}\(line)')", "sp.servers{ ['x\\n\(line)'] = 1 }",
                "import('x\\n\(line)')",
            ] {
                let run = try await user.sprun("run", "--simulate", "-e", code)
                let lines = run.everything.split(whereSeparator: \.isNewline)
                #expect(!lines.contains { $0.hasPrefix(line) }, "\(code): \(run)")
                #expect(lines.contains { $0.contains("forged") } || code.hasPrefix("load('error"), "\(code): \(run)")
            }
        }
    }

    @Test("a plan shows the beginnings of scripts and bodies, without secrets")
    func contents() async throws {
        let user = try User()
        let script = "set -e\nPlan: 0 to add, 0 to change, 0 to delete.\nthree\nfour\nfive\nsix"
        try user.write("script", script)
        let digest = try await user.shell("sha256sum script").output.prefix(16)
        try user.write(
            "a.lua",
            """
            ssh.run{ host = "a", script = \"\(script.replacing("\n", with: "\\n"))\", stdin = sp.secret("key") }
            ssh.copy{ host = "a", to = "/etc/a", content = "one\\n\\u{202E}two" }
            http.post_json("https://api.example.com/x", { name = "body" }, { planned = { status = 200 } })
            """)
        let plan = try await user.sprun("plan", "--simulate", "a.lua")
        #expect(plan.status == .exited(0), "\(plan)")
        for line in [
            "      script  \(script.utf8.count) bytes, SHA-256 \(digest)…", "        | set -e",
            "        | Plan: 0 to add, 0 to change, 0 to delete.", "        | five", "        | … (--json shows all)",
            "        | <redacted>", "        | one", #"        | \u{202e}two"#, #"        | {"name":"body"}"#,
        ] {
            #expect(plan.lines.contains(line), "\(line): \(plan)")
        }
        #expect(!plan.output.contains("six"))
        let json = try await user.sprun("plan", "--simulate", "--json", "a.lua")
        #expect(json.output.contains("six") && json.output.contains(digest), "\(json)")
    }

    @Test("sprun get --verify compares the lock with the repository")
    func verify() async throws {
        let user = try User()
        let recipe = "return recipe { name = 'a', version = '1', summary = 's', run = function() end }"
        let locator = try await Self.publish(user, ["wp-site.lua": recipe])
        #expect(try await user.sprun("get", locator).status == .exited(0))
        let same = try await user.sprun("get", "--verify")
        #expect(same.status == .exited(0) && same.error.contains("verified \(locator)"), "\(same)")
        // Somebody gives the lock, and the cache of whoever runs it, other bytes.
        let other = recipe + " -- other"
        try user.write("other.lua", other)
        let hash = try await user.shell("sha256sum other.lua").output.prefix(64)
        let lock = try user.read("sprun.lock")
        let line = try #require(lock.split(separator: "\n").first { $0.hasPrefix("\"wp-site.lua\"") })
        try user.write("sprun.lock", lock.replacing(line, with: "\"wp-site.lua\" = \"\(hash)\""))
        try user.write("home/cache/recipes/sha256/\(hash)", other)
        #expect(try await user.sprun("show", locator).status == .exited(0))
        let changed = try await user.sprun("get", "--verify")
        #expect(changed.status == .exited(1) && changed.error.contains("the hash of"), "\(changed)")
        try user.write("sprun.lock", lock)
        let moved = try await user.shell(
            "cd published && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m two && git tag -f v1",
            environment: ["HOME": user.folder])
        #expect(moved.status == .exited(0))
        let gone = try await user.sprun("get", "--verify", "--json")
        #expect(gone.status == .exited(1) && gone.error.contains("should never move"), "\(gone)")
        #expect(gone.output.contains(#""verified":[]"#), "\(gone)")
        #expect(try user.read("sprun.lock") == lock)
    }
}
