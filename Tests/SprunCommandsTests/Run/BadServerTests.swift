import Subprocess
import Testing

/// Servers that treat their client badly, judged by a server that shares no code with it.
@Suite("A server that misbehaves")
struct BadServerTests {
    private static let create = #"sp.create_sysuser{ serverid = "srvAAAAAAAAAAAA1", name = "acme" }"#

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let mode: Judge.Mode
        let code: String
        let status: TerminationStatus
        let told: [String]
        var changes = 0
    }

    static let cases = [
        Case(
            testDescription: "refuses the credentials", mode: .refusing, code: "sp.servers() " + create,
            status: .exited(4), told: ["error[SP0301]", "sp.servers", "check the client id and API key"]),
        Case(
            testDescription: "ends an action in error", mode: .actionError, code: "sp.wait('actX') " + create,
            status: .exited(1), told: ["error[SP0501]", "action actX ended in 'error'"]),
        Case(
            testDescription: "never ends an action", mode: .actionOpen,
            code: "sp.wait('actX', { timeout = '1s' }) " + create,
            status: .exited(8), told: ["error[SP0502]", "action actX is still open", "timeout 1s"]),
        Case(
            testDescription: "goes away in the middle of a run", mode: .gone,
            code: "sp.servers() sp.sysusers() " + create,
            status: .exited(1), told: ["error[SP04", "sp.sysusers", "sprun doctor"]),
        Case(
            testDescription: "answers 200 with half a document", mode: .half, code: "sp.servers() " + create,
            status: .exited(1), told: ["error[SP0310]", "sp.servers"]),
        Case(
            testDescription: "answers a change with half a document", mode: .halfChange, code: create,
            status: .exited(0), told: ["no reply arrived, but the change was made", "1 created"], changes: 1),
        Case(
            testDescription: "closes the connection in the middle of a reply", mode: .cut, code: "sp.servers()",
            status: .exited(1), told: ["error[SP0402]"]),
        Case(
            testDescription: "makes the change and loses the connection", mode: .cutChange, code: create,
            status: .exited(0), told: ["no reply arrived, but the change was made", "1 created"], changes: 1),
        Case(
            testDescription: "points elsewhere", mode: .redirect, code: "sp.servers() " + create,
            status: .exited(1), told: ["error[SP0309]", "302"]),
        Case(
            testDescription: "makes the change and answers 500", mode: .fault, code: create,
            status: .exited(0), told: ["no reply arrived, but the change was made", "1 created"], changes: 1),
    ]

    @Test("leads to a clear error, and no change is repeated that may have been made", arguments: cases)
    func told(_ example: Case) async throws {
        let user = try User()
        try await Judge.with(example.mode, user) { judge in
            let run = try await user.sprun("run", "-e", example.code, environment: judge.environment)
            #expect(run.status == example.status, "\(run)")
            for text in example.told { #expect(run.error.contains(text), "\(text) is missing:\n\(run)") }
            #expect(await judge.changes.count == example.changes)
            #expect(await !judge.requests.contains { $0.contains("elsewhere") })
        }
    }

    @Test("an endless reply is cut at the limit, in little memory", arguments: [Judge.Mode.flood, .floodAnnounced])
    func flood(_ mode: Judge.Mode) async throws {
        let user = try User()
        try await Judge.with(mode, user) { judge in
            let run = try await user.python(
                "measure.py",
                ["\(user.folder)/peak", try Installation.sprun(), "run", "-e", "sp.servers()"],
                environment: judge.environment)
            #expect(run.status == .exited(8), "\(run)")
            #expect(run.error.contains("error[SP0604]"), "\(run)")
            try await judge.says("taken ")
            let taken = try #require(await judge.taken)
            // The limit is 64 MiB; what the system holds in between comes on top. An announced length is believed.
            #expect(taken < (mode == .flood ? 100 << 20 : 16 << 20))
            let peak = try #require(Int(try user.read("peak")))
            #expect(peak < 300_000, "\(peak) KB")
        }
    }

    @Test(
        "an error that echoes the request shows no password",
        arguments: [Judge.Mode.echo, .leak], [["--color", "always"], ["--json"]])
    func echo(_ mode: Judge.Mode, _ flags: [String]) async throws {
        let user = try User()
        try await Judge.with(mode, user) { judge in
            let code = """
                local ok, failure = pcall(sp.create_sysuser, {
                    serverid = "srvAAAAAAAAAAAA1", name = "acme", password = sp.params.password })
                print(failure.message)
                sp.warn(failure.message)
                sp.create_sysuser{ serverid = "srvAAAAAAAAAAAA1", name = "acme", password = sp.params.password }
                """
            let run = try await user.launch(
                ["run", "-e", code, #"password=pa"ss/wörd-123"#] + flags, environment: judge.environment
            ).run()
            #expect(run.status == .exited(1))
            let told = mode == .echo ? "Invalid JSON request" : "<redacted>"
            #expect(run.error.contains(told), "\(run)")
            #expect(run.output.contains(told), "\(run)")
            for part in [#"pa"ss"#, #"pa\"ss"#, #"pa\\\"ss"#, "rd-123"] {
                #expect(!run.everything.contains(part), "\(run)")
            }
        }
    }

    @Test("sprun waits after a 429, and warns")
    func busy() async throws {
        let user = try User()
        try await Judge.with(.busy, user) { judge in
            let run = try await user.sprun(
                "run", "-e", "print(sp.servers()[1].name)", environment: judge.environment)
            #expect(run.status == .exited(0))
            #expect(run.output == "www1\n")
            #expect(run.error.contains("warning: ServerPilot asks to slow down; retrying in"))
            #expect(run.error.contains("2 requests, 1 retry"))
            #expect(await judge.requests.count == 2)
        }
    }

    @Test("control characters of the server do not reach the terminal")
    func escapes() async throws {
        let user = try User()
        try await Judge.with(.escapes, user) { judge in
            let code = "sp.warn(sp.servers()[1].name) print(sp.servers()[1].name) sp.result{ n = sp.servers()[1].name }"
            let shown = try await user.sprunOnTerminal(
                ["run", "--color", "never", "-e", code], environment: judge.environment)
            #expect(shown.status == .exited(0))
            #expect(shown.output.contains(#"www1\u{1b}[31m\u{1b}]0;title\u{7}\u{9b}2J\u{d}\u{202e}gpj.exe"#))
            for harmful in ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}"] {
                #expect(!shown.output.unicodeScalars.contains(harmful.unicodeScalars.first!), "\(shown)")
            }
            let failed = try await user.sprun("run", "-e", Self.create, environment: judge.environment)
            #expect(failed.status == .exited(1))
            #expect(failed.error.contains(#"www1\u{1b}[31m"#), "\(failed)")
            #expect(!failed.error.contains("\u{1B}"))
            // A program gets what the server said.
            let piped = try await user.sprun(
                "run", "-e", "print(sp.servers()[1].name)", environment: judge.environment)
            #expect(piped.output.hasPrefix("www1\u{1B}[31m"))
        }
    }
}
