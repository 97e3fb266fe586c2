import Foundation
import Subprocess
import Testing

/// HTTPS, addresses, the request log, accounts to begin with.
@Suite("Serving the simulator")
struct SimulateServingTests {
    private struct Named: Decodable, Equatable {
        let name: String
    }

    private static let certificate = ["--tls-cert", "ca/server.pem", "--tls-key", "ca/server.key"]

    /// Somebody with a certificate authority of their own.
    private static func userWithAuthority() async throws -> User {
        let user = try User()
        let made = try await user.shell("'\(Installation.script("make-ca"))' ca")
        #expect(made.status == .exited(0), "\(made)")
        return user
    }

    // MARK: HTTPS

    @Test("serves HTTPS that curl and sprun accept with the authority, and reject without it")
    func https() async throws {
        let user = try await Self.userWithAuthority()
        _ = try await Simulation.with(user, Self.certificate) { simulation in
            let url = try #require(simulation.environment["SERVERPILOT_API_URL"])
            #expect(url.hasPrefix("https://127.0.0.1:"))
            try user.write("account.env", simulation.lines.joined(separator: "\n"))
            let curl =
                #". ./account.env; curl -sS -o body -w '%{http_code}' "$SERVERPILOT_API_URL/servers" "#
                + #"-u "$SERVERPILOT_CLIENT_ID:$SERVERPILOT_API_KEY" "#
            let trusting = try await user.shell(curl + "--cacert ca/ca.pem")
            #expect(trusting.output == "200", "\(trusting)")
            let doubting = try await user.shell(curl)
            #expect(doubting.status == .exited(60), "\(doubting)")
            let named = curl.replacing("$SERVERPILOT_API_URL", with: "https://api.serverpilot.io:$PORT/v1")
            let port = url.split(separator: ":").last?.prefix { $0 != "/" } ?? ""
            let renamed = try await user.shell(
                "PORT=\(port); " + named + "--cacert ca/ca.pem --resolve api.serverpilot.io:$PORT:127.0.0.1")
            #expect(renamed.output == "200", "\(renamed)")

            let run = #"eval "$(cat account.env)"; exec "$SPRUN" run -e 'print(#sp.servers())'"#
            let sprun = try await user.shell(run, environment: ["SSL_CERT_FILE": "ca/ca.pem"])
            #expect(sprun.output == "2\n", "\(sprun)")
            let refused = try await user.shell(run)
            #expect(refused.status == .exited(1) && refused.error.contains("SP0401"), "\(refused)")
        }
    }

    @Test(
        "an unusable certificate or key is rejected by name",
        arguments: [
            (["--tls-cert", "none.pem", "--tls-key", "ca/server.key"], "'none.pem'"),
            (["--tls-cert", "ca/server.pem", "--tls-key", "none.key"], "'none.key'"),
            (["--tls-cert", "ca/server.key", "--tls-key", "ca/server.key"], "'ca/server.key'"),
            (["--tls-cert", "ca/server.pem", "--tls-key", "ca/server.pem"], "'ca/server.pem'"),
            (["--tls-cert", "ca/server.pem", "--tls-key", "ca/ca.key"], "does not belong to"),
        ])
    func badCertificate(_ arguments: [String], _ words: String) async throws {
        let user = try await Self.userWithAuthority()
        let run = try await user.launch(["simulate"] + arguments).run()
        #expect(run.status == .exited(64), "\(run)")
        #expect(run.output.isEmpty)
        #expect(run.error.contains("error[SP0113]") && run.error.contains(words), "\(run)")
    }

    @Test("a certificate without a key is a wrong command line", arguments: ["--tls-cert", "--tls-key"])
    func half(_ option: String) async throws {
        let run = try await User().sprun("simulate", option, "x.pem")
        #expect(run.status == .exited(64), "\(run)")
        #expect(run.error.contains("use --tls-cert and --tls-key together"))
    }

    // MARK: Addresses

    @Test("a listen address outside this machine gets a warning, unless TLS is on")
    func host() async throws {
        let user = try await Self.userWithAuthority()
        let open = try await Simulation.with(user, ["--host", "0.0.0.0"]) { simulation in
            #expect(simulation.lines[0].hasPrefix("export SERVERPILOT_API_URL=http://0.0.0.0:"))
        }.program
        #expect(open.error.contains("warning: the API key crosses the network to 0.0.0.0 unencrypted"), "\(open)")
        let safe = try await Simulation.with(user, ["--host", "0.0.0.0"] + Self.certificate) { _ in }.program
        #expect(!safe.error.contains("warning"), "\(safe)")
        let local = try await Simulation.with(user, ["--host", "localhost"]) { _ in }.program
        #expect(!local.error.contains("warning"), "\(local)")
        let wrong = try await user.sprun("simulate", "--host", "host.invalid")
        #expect(wrong.status == .exited(1) && wrong.error.contains("SP0110"), "\(wrong)")
    }

    // MARK: The log

    @Test("each request is one JSON object a line, with the rule that rejected it and without secrets")
    func log() async throws {
        let user = try User()
        let program = try await Simulation.with(user, ["--log", "requests.jsonl"]) { simulation in
            try user.write("account.env", simulation.lines.joined(separator: "\n"))
            let run = try await user.shell(
                #". ./account.env; send() { curl -sS -o body -u "$SERVERPILOT_CLIENT_ID:$SERVERPILOT_API_KEY" "$@"; }; "#
                    + #"send "$SERVERPILOT_API_URL/servers?canary-query"; "#
                    + #"send "$SERVERPILOT_API_URL/sysusers" -d '{"serverid":"x1","name":"acme","password":"canary-password"}'; "#
                    + #"send "$SERVERPILOT_API_URL/sysusers" -H 'Content-Type: application/json' -d 'canary-body'; "#
                    + #"curl -sS -o body -u wrong:canary-key "$SERVERPILOT_API_URL/apps""#)
            #expect(run.status == .exited(0), "\(run)")
        }.program
        let text = try user.read("requests.jsonl")
        #expect(!text.contains("canary") && !program.error.contains("canary"), "\(text)")
        #expect(try user.mode(user.folder + "/requests.jsonl") == 0o600)
        let lines = try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        #expect(lines.map(\.number) == [1, 2, 3, 4])
        #expect(lines.map(\.method) == ["GET", "POST", "POST", "GET"])
        #expect(lines.map(\.path) == ["/servers", "/sysusers", "/sysusers", "/apps"])
        #expect(lines.map(\.operation) == ["servers", "create_sysuser", nil, nil])
        #expect(lines.map(\.status).first == 200 && lines.map(\.status).last == 401)
        #expect(lines.map(\.rule).first == .some(nil) && lines[3].rule == "request-credentials")
        #expect(lines[1].rule != nil && lines[1].status >= 400)
        #expect(lines[2].rule == "request-json" && lines[2].evidence == "live")
        #expect(lines.allSatisfy { $0.milliseconds >= 0 && $0.milliseconds < 10_000 && $0.time > 1_700_000_000 })
    }

    private struct Line: Decodable {
        let time: Double
        let number: Int
        let method: String
        let path: String
        let operation: String?
        let status: Int
        let rule: String?
        let evidence: String?
        let milliseconds: Double
    }

    @Test("the log can go to standard error, and an unwritable log file is an error")
    func logPlaces() async throws {
        let user = try User()
        let program = try await Simulation.with(user, ["--log", "-"]) { simulation in
            _ = try await Curl(simulation, user).get("/servers", as: Named.self)
        }.program
        #expect(program.error.contains(#""operation":"servers""#), "\(program)")
        #expect(program.output.split(separator: "\n").count == 3)
        let wrong = try await user.sprun("simulate", "--log", "no/such/folder.jsonl")
        #expect(wrong.status == .exited(1) && wrong.error.contains("SP0107"), "\(wrong)")
    }

    // MARK: An account to begin with

    @Test(
        "starts with the account of a file, JSON or Lua",
        arguments: [
            (
                "account.json",
                #"{"servers": [{"name": "web", "sysusers": [{"name": "acme", "apps": [{"name": "one"}, {"name": "two"}]}]}]}"#
            ),
            (
                "account.lua",
                """
                local apps = {}
                for _, name in ipairs{ "one", "two" } do apps[#apps + 1] = { name = name, domains = {} } end
                return { sshkeys = {}, servers = { { name = "web", sysusers = { { name = "acme", apps = apps } } } } }
                """
            ),
        ])
    func seedAccount(_ name: String, _ text: String) async throws {
        let user = try User()
        try user.write(name, text)
        _ = try await Simulation.with(user, ["--seed-account", name]) { simulation in
            let curl = Curl(simulation, user)
            let servers = try await curl.get("/servers", as: Named.self)
            let apps = try await curl.get("/apps", as: Named.self)
            #expect(servers.map(\.name) == ["web"])
            #expect(apps.map(\.name) == ["one", "two"])
        }
    }

    @Test(
        "a mistake in that file is reported with path and nearest name",
        arguments: [
            ("a.json", #"{"servers": [{"name": "w", "sysuser": []}]}"#, ["servers[1].sysuser", "mean 'sysusers'?"]),
            ("a.json", #"{"servers": [{"name": "-"}]}"#, ["'servers[1].name' must begin with"]),
            ("a.json", "{", ["at byte"]),
            ("a.lua", "return { servers = { { name = print } } }", ["servers[1].name is a function"]),
            ("a.lua", "return { servers = { { name = 'w' }, { name = 'w' } } }", ["servers[2]: "]),
            ("a.lua", "retrun {}", ["a.lua:1"]),
            ("a.lua", "return sp.servers()", ["a.lua:1"]),
            ("a.lua", "return", ["returns nothing"]),
        ])
    func wrongSeedAccount(_ name: String, _ text: String, _ words: [String]) async throws {
        let user = try User()
        try user.write(name, text)
        let run = try await user.sprun("simulate", "--seed-account", name)
        #expect(run.status == .exited(64), "\(run)")
        #expect(run.output.isEmpty && run.error.contains("error[SP0111]"), "\(run)")
        for word in words { #expect(run.error.contains(word), "\(run)") }
    }

    // MARK: The end

    @Test("a request in flight gets its reply before the simulator ends")
    func gracefulStop() async throws {
        let user = try User()
        let slow = ["--store", "account.db", "--log", "-", "--fault", "servers=delay,time=1s"]
        let run = try await user.launch(["simulate"] + slow).run { program in
            let curl = Curl(try await Self.simulation(program), user)
            async let servers = curl.get("/servers", as: Named.self)
            // The log has it before the delay of its answer.
            try await program.error.contains(#""operation":"servers""#)
            try program.send(.interrupt)
            let answered = try await servers
            #expect(answered.count == 2)
        }.program
        #expect(run.status == .exited(0), "\(run)")
        #expect(run.error.hasSuffix("stopped\n"))
        #expect(!user.names(in: ".").contains("account.db-wal"))
    }

    @Test("a second signal ends it at once")
    func secondSignal() async throws {
        let user = try User()
        let slow = ["simulate", "--log", "-", "--fault", "servers=delay,time=50s"]
        let run = try await user.launch(slow).run { program in
            let curl = Curl(try await Self.simulation(program), user)
            async let hanging = try? curl.get("/servers", as: Named.self)
            try await program.error.contains(#""operation":"servers""#)
            // Two of one kind could be seen as one.
            try program.send(.interrupt)
            try program.send(.terminate)
            let answered = await hanging
            #expect(answered == nil)
        }.program
        #expect([.exited(130), .exited(143)].contains(run.status), "\(run)")
    }

    private static func simulation(_ program: RunningProgram) async throws -> Simulation {
        try await program.output.contains("SERVERPILOT_API_KEY=")
        try await program.output.contains("\n")
        return Simulation(
            program: program, lines: await program.output.text.split(separator: "\n").map(String.init))
    }
}
