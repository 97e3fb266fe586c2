import Foundation
import Subprocess
import Testing

@Suite("The output of a run")
struct RunOutputTests {
    private static let create = """
        local server = sp.servers()[1]
        local user, action = sp.create_sysuser{ serverid = server.id, name = "acme" }
        sp.wait(action)
        sp.log("logged")
        sp.warn("warned")
        print("printed", 1, nil)
        return { user = user.name, list = { 1, 2 }, things = { { a = 1 }, { a = 2 } } }
        """

    @Test("results go to standard output, everything else to standard error")
    func streams() async throws {
        let run = try await User().sprun("run", "--simulate", "-e", Self.create)
        #expect(run.status == .exited(0))
        #expect(
            run.output == """
                printed\t1\tnil
                list    1, 2
                user    acme

                """, "\(run)")
        let lines = run.error.split(separator: "\n")
        #expect(lines.count == 6, "\(run)")
        #expect(lines[0].wholeMatch(of: #/\+ system user acme  created  id=\w{16}  \S+/#) != nil, "\(run)")
        #expect(lines[1].hasPrefix("  create_sysuser acme  done  "))
        #expect(lines[2] == "logged")
        #expect(lines[3] == "warning: warned  (-e:5)")
        #expect(lines[4] == "also in the result: things (2). -o json prints them")
        #expect(lines[5].wholeMatch(of: #/1 created  .* of simulated time  \d+ requests/#) != nil, "\(run)")
    }

    @Test("a long name does not widen the other columns, and an omitted rest is counted")
    func largeResult() async throws {
        let long = String(repeating: "n", count: 40)
        let run = try await User().sprun(
            "run", "--simulate", "-e",
            "return { a = 'x\\ny', \(long) = 'x\\ny', z = ('l\\n'):rep(30000), b = ('b'):rep((1 << 20) + 5) }")
        #expect(run.status == .exited(0))
        #expect(run.lines.prefix(2) == ["a  x", "   | y"], "\(run.lines.prefix(3))")
        #expect(run.output.contains("\n\(long)  x\n   | y\n"))
        #expect(run.lines.last == "   | … (10001 more lines; -o json and --result FILE show all)")
        #expect(run.output.contains("bb… (5 more bytes; -o json and --result FILE show all)\n"))
    }

    @Test("on a terminal, long messages of a recipe and remarks are broken between words")
    func broken() async throws {
        let code = """
            sp.log("one two three four five six seven eight nine ten eleven")
            print("x")
            return { a_list_of_tables = { { a = 1 } }, another_list_of_tables = { { a = 1 } } }
            """
        let run = try await User().sprunOnTerminal(
            ["run", "--simulate", "-e", code], environment: ["NO_COLOR": "1", "COLUMNS": "40"])
        let lines = run.output.replacing("\r\n", with: "\n").split(separator: "\n")
        #expect(lines.contains("one two three four five six seven"), "\(run)")
        #expect(lines.contains("  | eight nine ten eleven"), "\(run)")
        #expect(lines.contains("also in the result: a_list_of_tables"), "\(run)")
    }

    @Test("a message and its hint keep their beginnings on a terminal")
    func beginnings() async throws {
        let user = try User()
        try user.write(
            "a.lua",
            "return recipe { name = 'a', version = '1.0.0', summary = 's', run = function() sp.delete_app('x') end }")
        let run = try await user.sprunOnTerminal(["run", "--simulate", "a.lua"], environment: ["NO_COLOR": "1"])
        #expect(run.output.contains("error[SP0213]: sp.delete_app: the needs of 'a.lua' do not"), "\(run)")
        #expect(run.output.contains("hint: add to the needs of 'a.lua': delete"), "\(run)")
    }

    /// A line of `--json`, as far as these tests read it.
    private struct Event: Decodable {
        let event: String
        let formatVersion: Int?
        let text: String?
        let number: String?
        let file: String?
        let line: Int?
        let hint: String?
        let created: Int?
    }

    private static func events(_ run: Finished) throws -> [Event] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try run.lines.map { try decoder.decode(Event.self, from: Data($0.utf8)) }
    }

    @Test("--json prints one object a line, the first with the version of the format")
    func json() async throws {
        let run = try await User().sprun("run", "--json", "--simulate", "-e", Self.create)
        #expect(run.status == .exited(0))
        let events = try Self.events(run)
        #expect(
            events.map(\.event)
                == ["started", "changed", "waited", "logged", "warned", "printed", "result", "ended"], "\(run)")
        #expect(events.map(\.formatVersion) == [2] + Array(repeating: nil, count: 7))
        #expect(events[3].file == "-e" && events[3].line == 4)
        #expect(events[4].file == "-e" && events[4].line == 5)
        #expect(events[5].text == "printed\t1\tnil")
        #expect(events[7].created == 1)
        #expect(run.error.isEmpty)
    }

    @Test("--json reports a failure, with the version even if no run began")
    func jsonFailure() async throws {
        let user = try User()
        let failed = try await user.sprun("run", "--json", "--simulate", "-e", "local a\nprnt(a)")
        #expect(failed.status == .exited(1))
        let events = try Self.events(failed)
        #expect(events.map(\.event) == ["started", "failed", "ended"])
        #expect(events[1].number == "SP0202")
        #expect(events[1].file == "-e")
        #expect(events[1].line == 2)
        #expect(failed.error.contains("error[SP0202]"))

        for arguments in [["missing.lua"], ["-e", "print(1)"], ["--simulate", "-e", "print(1)", "bad"]] {
            let early = try await user.launch(["run", "--json"] + arguments).run()
            let events = try Self.events(early)
            #expect(events.map(\.event) == ["failed"])
            #expect(events[0].formatVersion == 2, "\(early)")
        }
    }

    @Test("--json survives text that is not UTF-8, and line ends in text")
    func jsonText() async throws {
        let run = try await User().sprun(
            "run", "--json", "--simulate", "-e", #"print("a\xFFb\nc\0\27[31m\u{2028}")"#)
        let events = try Self.events(run)
        #expect(events.map(\.event) == ["started", "printed", "ended"], "\(run)")
        #expect(events[1].text == "a\u{FFFD}b\nc\0\u{1B}[31m\u{2028}", "\(run)")
    }

    @Test("--result FILE contains the whole result as JSON, readable by its owner only")
    func resultFile() async throws {
        let user = try User()
        try user.write("result.json", "old", mode: 0o644)
        let run = try await user.sprun("run", "--simulate", "--result", "result.json", "-e", Self.create)
        #expect(run.status == .exited(0))
        struct Result: Decodable {
            let user: String
            let things: [[String: Int]]
        }
        let result = try JSONDecoder().decode(Result.self, from: Data(try user.read("result.json").utf8))
        #expect(result.user == "acme")
        #expect(result.things == [["a": 1], ["a": 2]])
        #expect(try user.mode("result.json") == 0o600)
        #expect(user.names(in: "").sorted() == ["home", "result.json"])
    }

    @Test("--result with an unwritable path fails the run before its work")
    func unwritableResult() async throws {
        let user = try User()
        try user.write("file", "")
        let run = try await user.sprun("run", "--simulate", "--result", "file/result.json", "-e", Self.create)
        #expect(run.status == .exited(1))
        #expect(run.error.contains("error[SP0107]"), "\(run)")
        #expect(!run.error.contains("created"))
    }

    @Test("--result with a pipe writes into it, and does not replace it")
    func resultPipe() async throws {
        let user = try User()
        let run = try await user.shell(
            """
            mkfifo pipe; cat pipe > copy & "$SPRUN" run --simulate --result pipe -e 'return { a = 1 }' > output
            status=$?; wait; test -p pipe && exit $status
            """)
        #expect(run.status == .exited(0), "\(run)")
        #expect(try user.read("copy").contains("\"a\": 1"))
    }

    @Test("a reader that closes the pipe does not end the run halfway")
    func closedPipe() async throws {
        let user = try User()
        try user.write(
            "site.lua",
            """
            for i = 1, 2000 do print(i, ("x"):rep(200)) end
            sp.create_sysuser{ serverid = sp.servers()[1].id, name = "afterwards" }
            """)
        let run = try await user.shell(
            #"{ "$SPRUN" run --simulate site.lua; echo $? > status; } | head -1 | cut -c 1"#)
        #expect(run.output == "1\n", "\(run)")
        #expect(try user.read("status") == "0\n", "\(run)")
        #expect(run.error.contains("+ system user afterwards"))
        let after = try await user.sprun(
            "run", "--simulate", "-e", "print(sp.find_sysuser{ name = 'afterwards' } ~= nil)")
        #expect(after.output == "true\n")
    }

    @Test(
        "a result that could not be written is a failure",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullDisk() async throws {
        let run = try await User().shell(#""$SPRUN" run --simulate -e 'print(1)' > /dev/full"#)
        #expect(run.status == .exited(1), "\(run)")
        #expect(run.error.contains("cannot write to standard output: no space left on device"))
    }

    @Test("on a terminal, the line of a wait moves while nothing happens")
    func spinner() async throws {
        let user = try User()
        try await Judge.with(.actionOpen, user) { judge in
            let run = try await user.sprunOnTerminal(
                ["run", "-e", "sp.wait('actX', { timeout = '2s' })"], environment: judge.environment)
            #expect(run.status == .exited(8))
            for picture in ["⠙", "⠹", "⠸"] {
                #expect(run.output.contains("\r\u{1B}[K\u{1B}[34m\(picture)\u{1B}[0m waiting"), "\(run)")
            }
            #expect(run.output.contains("\r\u{1B}[K\u{1B}[1;31merror[SP0502]:"), "\(run)")
        }
    }

    @Test("printed text is in a pipe at once, and survives kill -9")
    func killed() async throws {
        let user = try User()
        let code = "print('first') print('second') sp.wait('actX', { timeout = '1h' })"
        try await Judge.with(.actionOpen, user) { judge in
            let run = try await user.launch(["run", "-e", code], environment: judge.environment).run {
                try await $0.output.contains("second\n")
                try $0.send(.kill)
            }.program
            #expect(run.status == .signaled(9), "\(run)")
            #expect(run.output == "first\nsecond\n")
        }
    }

    @Test("an event of --json is in a pipe at once, and survives kill -9")
    func killedAfterEvent() async throws {
        let user = try User()
        let code = "print('first') sp.wait('actX', { timeout = '1h' })"
        try await Judge.with(.actionOpen, user) { judge in
            let run = try await user.launch(["run", "--json", "-e", code], environment: judge.environment).run {
                try await judge.says("request GET /v1/actions/actX")
                try $0.send(.kill)
            }.program
            #expect(run.status == .signaled(9), "\(run)")
            #expect(try Self.events(run).prefix(2).map(\.event) == ["started", "printed"], "\(run)")
        }
    }

    @Test("printed text is in a file at once, and survives kill -9")
    func killedIntoFile() async throws {
        let user = try User()
        let code = "print('first') print('second') sp.wait('actX', { timeout = '1h' })"
        try await Judge.with(.actionOpen, user) { judge in
            var variables = judge.environment
            variables["CODE"] = code
            variables["SPRUN"] = try Installation.sprun()
            let shell = Launch(
                program: "/bin/sh", arguments: ["-c", #"exec "$SPRUN" run -e "$CODE" > printed.txt"#],
                environment: user.environment(variables), folder: user.folder, user: user)
            let run = try await shell.run {
                try await judge.says("request GET /v1/actions/actX")
                try $0.send(.kill)
            }.program
            #expect(run.status == .signaled(9), "\(run)")
            #expect(try user.read("printed.txt") == "first\nsecond\n")
        }
    }
}
