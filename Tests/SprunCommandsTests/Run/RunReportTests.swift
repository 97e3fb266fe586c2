import Subprocess
import Testing

@Suite("The report of a failed run")
struct RunReportTests {
    @Test("shows code, place, line, caret, hint and the explain command")
    func format() async throws {
        let user = try User()
        try user.write("site.lua", "local a = 1\nsp.create_app{ nam = 'x', sysuserid = 's', runtime = 'php8.4' }\n")
        let run = try await user.sprun("run", "--simulate", "site.lua")
        #expect(
            run.error == """
                error[SP0204]: sp.create_app: 2 problems: 'name' is missing; unknown argument 'nam' (did you mean 'name'?)
                 --> site.lua:2
                  |
                2 | sp.create_app{ nam = 'x', sysuserid = 's', runtime = 'php8.4' }
                  |                ^^^
                  = hint: this call sent nothing
                  = more: sprun explain SP0204

                """)
    }

    @Test("names the line that it shows, in a call of several lines")
    func shownLine() async throws {
        let user = try User()
        try user.write(
            "site.lua", "local s = sp.servers()\nsp.create_sysuser{\n  serverid = s[1].id,\n  name = 'X',\n}\n")
        let run = try await user.sprun("run", "--simulate", "site.lua")
        #expect(run.error.contains("\n --> site.lua:4\n  |\n4 |   name = 'X',\n"), "\(run)")
    }

    @Test("points below the right column, after tabs, accents, wide and control characters")
    func columns() async throws {
        let user = try User()
        try user.write("site.lua", "local a\n\tlocal s = \"é日本\u{1B}\" .. prnt(a)\n")
        let run = try await user.sprun("run", "--simulate", "site.lua")
        #expect(
            run.error == #"""
                error[SP0202]: undefined global 'prnt' (did you mean 'print'?)
                 --> site.lua:2
                  |
                2 |  local s = "é日本\u{1b}" .. prnt(a)
                  |                             ^^^^
                  = more: sprun explain SP0202

                """#)
    }

    @Test("keeps its frame if the line number has several digits")
    func manyLines() async throws {
        let user = try User()
        try user.write("site.lua", String(repeating: "\n", count: 119) + "nope()")
        let run = try await user.sprun("run", "--simulate", "site.lua")
        #expect(run.error.contains("\n   --> site.lua:120\n    |\n120 | nope()\n    | ^^^^\n"), "\(run)")
    }

    @Test("lists the callers, but only the innermost of a deep recursion")
    func calls() async throws {
        let user = try User()
        try user.write(
            "site.lua",
            """
            local function leaf() nope() end
            local function branch(n) if n == 0 then leaf() else branch(n - 1) end return 1 end
            branch(50)
            """)
        let run = try await user.sprun("run", "--simulate", "site.lua")
        #expect(run.error.contains("--> site.lua:1"))
        #expect(run.error.contains("= called from site.lua:2"), "\(run)")
        #expect(run.error.split(separator: "\n").count { $0.contains("called from") } == 8)
    }

    @Test("shows the line of the item for an error in sp.each")
    func item() async throws {
        let user = try User()
        try user.write("site.lua", "sp.each({ 'a', 'b' }, function(name)\n    nope(name)\nend)\n")
        let run = try await user.sprun("run", "--simulate", "site.lua")
        #expect(run.status == .exited(1))
        #expect(run.error.contains("--> site.lua:2"), "\(run)")
        #expect(run.error.contains("2 |     nope(name)"), "\(run)")
    }

    // MARK: Colour

    private static let red = "\u{1B}[1;31m"

    @Test("has colour without a terminal only with --color always")
    func colour() async throws {
        let user = try User()
        let piped = try await user.sprun("run", "--simulate", "-e", "nope()")
        #expect(!piped.error.contains("\u{1B}"))
        let forced = try await user.sprun("run", "--simulate", "-e", "nope()", "--color", "always")
        #expect(forced.error.contains("\(Self.red)error[SP0202]:"), "\(forced)")
        let wrong = try await user.sprun("run", "--simulate", "-e", "nope()", "--color", "purple")
        #expect(wrong.status == .exited(64))
    }

    @Test(
        "has colour on a terminal, unless it is turned off",
        arguments: [
            ([], [:], true), (["--color", "never"], [:], false), ([], ["NO_COLOR": "1"], false),
            ([], ["NO_COLOR": ""], true), ([], ["TERM": "dumb"], false),
            (["--color", "always"], ["NO_COLOR": "1"], true),
        ] as [([String], [String: String], Bool)])
    func terminalColour(_ flags: [String], _ environment: [String: String], _ isColoured: Bool) async throws {
        let user = try User()
        let run = try await user.sprunOnTerminal(
            ["run", "--simulate", "-e", "nope()"] + flags, environment: environment)
        #expect(run.status == .exited(1))
        #expect(run.output.contains("error[SP0202]:"))
        #expect(run.output.contains(Self.red) == isColoured, "\(run)")
        #expect(run.output.contains("\u{1B}") == isColoured, "\(run)")
    }

    @Test("shows a long non-English path completely, with its line", arguments: [false, true])
    func longPath(isImported: Bool) async throws {
        let user = try User()
        let folder = "kundenprojekte/" + String(repeating: "ü", count: 36)
        try user.write("\(folder)/xy.lua", "-- a comment\nlocal name = nil .. 'x'\n")
        try user.write("\(folder)/yx.lua", "local function f() error('here') end\nf()\n")
        try user.write("\(folder)/zx.lua", "local x = = 1\n")
        for (name, line, message) in [("xy", 2, "attempt to concatenate"), ("yx", 1, "here"), ("zx", 1, "unexpected")] {
            var file = "\(folder)/\(name).lua"
            if isImported {
                try user.write("main.lua", "import('./\(folder)/\(name)')\n")
                file = "./\(file)"
            }
            let run = try await user.sprun("run", "--simulate", isImported ? "main.lua" : file)
            let lines = run.error.split(separator: "\n")
            #expect(run.error.contains("--> \(isImported ? file.replacing("./", with: "") : file):\(line)\n"), "\(run)")
            #expect(lines.first?.contains(message) == true && lines.first?.contains("...") == false, "\(run)")
            #expect(lines.contains { $0.hasPrefix("\(line) | ") } && !run.error.contains("\u{FFFD}"), "\(run)")
        }
    }

    @Test("points at the wrong value, also in a call of several lines")
    func value() async throws {
        let user = try User()
        try user.write("one.lua", "sp.create_app{ name = 'A b', sysuserid = 's', runtime = 'php8.4' }\n")
        let one = try await user.sprun("run", "--simulate", "one.lua")
        #expect(one.error.contains("1 | sp.create_app{ name = 'A b', sysuserid"), "\(one)")
        #expect(one.error.contains("\n  |                       ^^^^^\n"), "\(one)")
        try user.write(
            "many.lua",
            """
            local name = "name"
            sp.create_app{
                sysuserid = "s", -- not this name
                name = ("A " .. name),
                runtime = "php8.4",
            }
            """)
        let many = try await user.sprun("run", "--simulate", "many.lua")
        #expect(many.error.contains(" --> many.lua:4\n"), "\(many)")
        #expect(many.error.contains("4 |     name = (\"A \" .. name),\n  |            ^^^^^^^^^^^^^^\n"), "\(many)")
        try user.write("nil.lua", "local p = {}\nprint(\"server is \" .. p.server)\n")
        let missing = try await user.sprun("run", "--simulate", "nil.lua")
        #expect(missing.error.contains("\n  |                         ^^^^^^\n"), "\(missing)")
    }

    @Test(
        "points at the rejected call among several on a line, and at no value if it is unclear",
        arguments: [
            (#"sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "A" }"#, #""A""#),
            (#"sp.create_sysuser{ name = "A", serverid = sp.find_server{ name = "www1" }.id }"#, #""A""#),
            (#"local s = { name = "x" } sp.create_server{ name = "A b" }"#, #""A b""#),
            (#"local create = sp.create_server create{ name = "A b" }"#, #""A b""#),
            (#"sp.create_server({ name = ("A"):rep(2) })"#, #"("A"):rep(2)"#),
            (
                #"sp.each({ 1 }, function() local s = { name = "x" } sp.create_server{ name = "A b" } end)"#, #""A b""#
            ),
            (#"sp.create_server{ name = "www8" } sp.create_server{ name = "A b" }"#, nil),
        ])
    func severalCalls(code: String, value: String?) async throws {
        let run = try await User().sprun("run", "--simulate", "-e", code)
        let marked = value ?? code
        let place = code.distance(from: code.startIndex, to: try #require(code.firstRange(of: marked)).lowerBound)
        let carets = String(repeating: " ", count: place) + String(repeating: "^", count: marked.count)
        #expect(run.error.contains("1 | \(code)\n  | \(carets)\n"), "\(run)")
    }

    @Test(
        "points at the use that failed if the name stands earlier in the line too",
        arguments: [
            (#"local s = sp.find_server{ name = "zz" } print(s.id)"#, "s.id"),
            (#"local f, t = nil, { f = 1 } f(t.f)"#, "f(t.f)"), (#"local s = "s" print(s.x.y)"#, "x.y"),
        ])
    func use(code: String, place: String) async throws {
        let run = try await User().sprun("run", "--simulate", "-e", code)
        let column = code.distance(from: code.startIndex, to: try #require(code.firstRange(of: place)).lowerBound)
        #expect(run.error.contains("1 | \(code)\n  | \(String(repeating: " ", count: column))^\n"), "\(run)")
    }

    @Test("shows no part of a secret in the name of a chunk")
    func secretChunkName() async throws {
        let user = try User()
        // Only a secret that was sent is kept, and so known here.
        let codes = [
            "load('error(1)', '@' .. s)()", "load('return x' .. s)()",
            "load('-- ' .. s .. '\\nsp.warn(\"w\") sp.log(1) error(2)')()",
            "load('sp.warn(1) sp.create_sysuser{}', '@' .. s)()",
        ].map { code in
            "local s = sp.secret('s', { length = 200 }) "
                + "sp.update_sysuser(sp.find_sysuser{ name = 'olive' }.id, { password = s }) \(code)"
        }
        for code in codes {
            for more in [[], ["--json"]] {
                let run = try await user.launch(["run", "--simulate", "-e", code] + more).run()
                #expect(run.status != .exited(0))
                let folder = "\(user.home)/state/secrets"
                let kept = try user.names(in: "home/state/secrets").map { try user.read("\(folder)/\($0)") }.joined()
                for word in kept.split(separator: "\"") where word.count >= 24 && !word.contains(" ") {
                    for start in stride(from: 0, to: word.count - 12, by: 6) {
                        let part = word.dropFirst(start).prefix(12)
                        #expect(!run.everything.contains(part), "\(run)")
                    }
                }
                #expect(!kept.isEmpty)
            }
        }
    }
}
