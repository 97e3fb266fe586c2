import Subprocess
import Testing

@Suite("sprun login")
struct LoginCommandTests {
    private static let stored = "client_id = \"cid_right\"\napi_key = \"key_right\"\n"

    @Test(
        "saves working credentials, readable by their owner only",
        arguments: [([], "cid_right\nkey_right\n"), (["--client-id", "cid_right"], "  key_right \n")])
    func stores(_ flags: [String], _ input: String) async throws {
        let user = try User()
        try await Judge.with(.asking, user) { judge in
            let run = try await user.launch(["login", "--endpoint", judge.url] + flags).run(input: input)
            #expect(run.status == .exited(0), "\(run)")
            #expect(run.error.contains("the credentials work: the account has 1 server\n"))
            #expect(run.error.contains("saved in \(user.home)/credentials.toml"))
            #expect(run.output.isEmpty)
            #expect(!run.everything.contains("key_right"))
            #expect(try user.read("home/credentials.toml") == Self.stored)
            #expect(try user.mode("home/credentials.toml") == 0o600)
            #expect(try user.mode("home") == 0o700)
            #expect(await judge.requests == ["request GET /v1/servers"])
            let doctor = try await user.sprun("doctor", "--endpoint", judge.url)
            #expect(doctor.status == .exited(0), "\(doctor)")
            #expect(doctor.output.contains("cid_right, from \(user.home)/credentials.toml (sprun login)"))
        }
    }

    @Test("saves no credentials that fail, and keeps the earlier file")
    func refused() async throws {
        let user = try User()
        try user.write("home/credentials.toml", "old")
        try await Judge.with(.asking, user) { judge in
            let run = try await user.launch(["login", "--endpoint", judge.url]).run(input: "cid_right\nkey_wrong\n")
            #expect(run.status == .exited(4))
            #expect(run.error.contains("error[SP0301]"), "\(run)")
            #expect(run.error.contains("hint: nothing was saved"))
            #expect(!run.everything.contains("key_wrong"))
            #expect(try user.read("home/credentials.toml") == "old")
        }
    }

    @Test("saves without a test if --no-check is set")
    func unchecked() async throws {
        let user = try User()
        let run = try await user.sprun(
            "login", "--no-check", environment: ["SERVERPILOT_API_URL": "http://127.0.0.1:1/v1"],
            input: "cid_right\nkey_right")
        #expect(run.status == .exited(0), "\(run)")
        #expect(try user.read("home/credentials.toml") == Self.stored)
    }

    @Test(
        "rejects invalid credentials",
        arguments: [
            ("", 64, "standard input has no client id"), ("cid_right\n", 64, "standard input has no api key"),
            ("cid_right\n\n", 64, "standard input has no api key"), ("cid:right\nkey\n", 4, ""),
            ("cid_right\nwörd\n", 4, ""), (String(repeating: "x", count: 5000), 64, "standard input has no client id"),
        ] as [(String, Int32, String)])
    func unusable(_ input: String, _ status: Int32, _ message: String) async throws {
        let user = try User()
        let run = try await user.sprun("login", "--no-check", input: input)
        #expect(run.status == .exited(status), "\(run)")
        #expect(run.error.contains(message))
        #expect(!run.everything.contains("wörd"))
        #expect(!user.has("home/credentials.toml"))
    }

    @Test("asks on a terminal, and does not show the typed key")
    func terminal() async throws {
        let user = try User()
        try await Judge.with(.asking, user) { judge in
            let run = try await user.sprunOnTerminal(
                ["login", "--endpoint", judge.url],
                answers: [("Client id: ", "cid_right"), ("API key (not shown): ", "key_right")])
            #expect(run.status == .exited(0), "\(run)")
            #expect(run.output.contains("Client id: cid_right\r\n"))
            #expect(run.output.contains("API key (not shown): \r\nthe credentials work"), "\(run)")
            #expect(!run.output.contains("key_right"))
            #expect(try user.read("home/credentials.toml") == Self.stored)
        }
    }

    @Test("never leaves the terminal without echo")
    func echoComesBack() async throws {
        let user = try User()
        let script = #""$SPRUN" login --no-check; stty -a | grep -qw -- -echo && echo silent || echo echoing"#
        for key in ["key_right", "wörd"] {
            let run = try await user.python(
                "terminal.py",
                ["Client id: ", "cid_right", "API key (not shown): ", key, "--", "/bin/sh", "-c", script],
                environment: ["SPRUN": try Installation.sprun()])
            #expect(run.output.hasSuffix("echoing\r\n"), "\(run)")
        }
    }
}
