import Foundation
import Subprocess
import Testing

/// What `--store` promises, judged by programs that share no code with it.
@Suite("sprun simulate --store")
struct SimulateStoreTests {
    /// The account in a file of the user's folder, empty at the beginning.
    private static func arguments(_ user: User) throws -> [String] {
        try user.write("empty.json", "{}")
        return ["--store", "account.db"]
    }

    @Test("every change with a reply survives kill -9 under load, ten times over; no change exists in part")
    func killed() async throws {
        let seed = UInt64.random(in: 1...1_000_000)
        print("kill -9: seed \(seed)")
        let user = try User()
        var arguments = try Self.arguments(user)
        var answered = ""
        var random = seed
        for round in 1...10 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let least = 5 + Int(random >> 40) % 150
            let first = arguments + (round == 1 ? ["--seed-account", "empty.json"] : [])
            answered += try await Self.kill(user, first, round: round, after: least)
            arguments = ["--store", "account.db"]
            let judge = try await Launch(
                program: "python3", arguments: [Installation.fixture("stored.py"), "account.db"],
                environment: user.environment(), folder: user.folder, user: user
            ).run(input: answered)
            #expect(judge.status == .exited(0), "seed \(seed), round \(round): \(judge)")
        }
        let ids = answered.split(separator: "\n").map { String($0.split(separator: " ")[0]) }
        #expect(ids.count > 100 && Set(ids).count == ids.count)
        let open = arguments
        _ = try await Simulation.with(user, open) { simulation in
            let servers = try await Curl(simulation, user).get("/servers", as: Identified.self)
            #expect(Set(ids).subtracting(servers.map(\.id)) == [])
        }
    }

    /// Serves, sends requests on many connections, and kills the server when so many were answered.
    ///
    /// - Returns: what was answered, a line each.
    private static func kill(
        _ user: User, _ arguments: [String], round: Int, after least: Int
    ) async throws -> String {
        try await user.launch(["simulate"] + arguments).run { program in
            try await program.output.contains("SERVERPILOT_API_KEY=")
            try await program.output.contains("\n")
            let lines = await program.output.text.split(separator: "\n").map(String.init)
            let simulation = Simulation(program: program, lines: lines)
            let load = Launch(
                program: "python3", arguments: ["-u", Installation.fixture("load.py"), "r\(round)", "16"],
                environment: user.environment(simulation.environment), folder: user.folder)
            return try await load.run { client in
                try await client.output.contains(lines: least)
                try program.send(.kill)
                await client.endInput()
            }.program.output
        }.value
    }

    private struct Identified: Decodable {
        let id: String
    }

    @Test("the next process continues with the account, the credentials and the time of the last")
    func goesOn() async throws {
        let user = try User()
        let first = try await Simulation.with(user, ["--store", "account.db", "--speed", "600"]) { simulation in
            try user.write("account.env", simulation.lines.joined(separator: "\n"))
            let run = try await user.shell(
                #"eval "$(cat account.env)"; exec "$SPRUN" run -e 'print(sp.create_sshkey{ name = "joe", "#
                    + #"public_key = "ssh-rsa AAAA joe" }.id)'"#)
            #expect(run.status == .exited(0), "\(run)")
            return simulation.lines
        }.value
        #expect(try user.mode(user.folder + "/account.db") == 0o600)
        #expect(user.names(in: ".").filter { $0.hasPrefix("account.db") } == ["account.db", "account.db.lock"])
        _ = try await Simulation.with(user, ["--store", "account.db"]) { simulation in
            #expect(simulation.lines.suffix(2) == first.suffix(2))
            let keys = try await Curl(simulation, user).get("/sshkeys", as: Named.self)
            #expect(keys.map(\.name) == ["joe"])
        }
    }

    private struct Named: Decodable {
        let name: String
    }

    @Test("actions that were due while no process served have ended")
    func ended() async throws {
        let user = try User()
        try user.write(
            "account.json", #"{"servers": [{"name": "www1", "sysusers": [{"name": "acme"}]}]}"#)
        let create = #"eval "$(cat account.env)"; exec "$SPRUN" run -e '"#
        let action = try await Simulation.with(
            user, ["--store", "account.db", "--seed-account", "account.json"]
        ) { simulation in
            try user.write("account.env", simulation.lines.joined(separator: "\n"))
            let run = try await user.shell(
                create + #"local user = sp.sysusers{ name = "acme" }[1]; "#
                    + #"local app, action = sp.create_app{ name = "one", sysuserid = user.id, runtime = "php8.4" }; "#
                    + #"print(action, sp.action(action).status)'"#)
            #expect(run.status == .exited(0), "\(run)")
            return run.output.split { $0.isWhitespace }.map(String.init)
        }.value
        #expect(action.count == 2 && action[1] == "open")
        // An hour ago by the file: what was queued then has ended since.
        let shifted = try await user.shell(
            """
            python3 - <<'END'
            import json, sqlite3
            c = sqlite3.connect("account.db")
            for table in ("servers", "actions"):
                for id, text in c.execute(f"SELECT id, document FROM {table}").fetchall():
                    d = json.loads(text)
                    for name in ("created", "connected", "end", "busy_until"):
                        if d.get(name): d[name] -= 3600 * 10**9
                    c.execute(f"UPDATE {table} SET document = ? WHERE id = ?", (json.dumps(d), id))
            c.execute("UPDATE meta SET value = value - ? WHERE name = 'now'", (3600 * 10**9,))
            c.commit()
            END
            """)
        #expect(shifted.status == .exited(0), "\(shifted)")
        _ = try await Simulation.with(user, ["--store", "account.db"]) { simulation in
            try user.write("account.env", simulation.lines.joined(separator: "\n"))
            let run = try await user.shell(create + #"print(sp.action("\#(action[0])").status)'"#)
            #expect(run.output == "success\n", "\(run)")
        }
    }

    @Test("two processes cannot serve one file")
    func held() async throws {
        let user = try User()
        _ = try await Simulation.with(user, ["--store", "account.db"]) { _ in
            let second = try await user.sprun("simulate", "--store", "account.db")
            #expect(second.status == .exited(5), "\(second)")
            #expect(second.error.contains("error[SP0108]: another simulator holds the store"), "\(second)")
        }
    }

    @Test(
        "a damaged, foreign or newer file is rejected by name and not changed",
        arguments: [
            ("damaged", "printf 'not a database at all, but long enough to look' > account.db"),
            ("foreign", "python3 -c 'import sqlite3; sqlite3.connect(\"account.db\").execute(\"CREATE TABLE a (b)\")'"),
            (
                "newer",
                "python3 -c 'import sqlite3; c = sqlite3.connect(\"account.db\"); "
                    + "c.execute(\"UPDATE meta SET value = 99 WHERE name = \\\"format_version\\\"\"); c.commit()'"
            ),
            ("page", "dd if=/dev/urandom of=account.db bs=4096 seek=2 count=4 conv=notrunc status=none"),
        ])
    func refused(_ name: String, _ damage: String) async throws {
        let user = try User()
        if ["newer", "page"].contains(name) {
            _ = try await Simulation.with(user, ["--store", "account.db"]) { _ in }
        }
        let damaged = try await user.shell(damage + "; sha256sum account.db")
        #expect(damaged.status == .exited(0), "\(damaged)")
        let run = try await user.sprun("simulate", "--store", "account.db")
        #expect(run.status == .exited(1), "\(run)")
        #expect(run.output.isEmpty)
        #expect(run.error.contains("error[SP0112]") && run.error.contains("account.db"), "\(run)")
        let left = try await user.shell("sha256sum account.db")
        #expect(left.output == damaged.output)
    }

    @Test("a seed account is only for a new store")
    func seedAccount() async throws {
        let user = try User()
        try user.write("account.json", "{}")
        let arguments = ["--store", "account.db", "--seed-account", "account.json"]
        _ = try await Simulation.with(user, arguments) { _ in }
        let again = try await user.launch(["simulate"] + arguments).run()
        #expect(again.status == .exited(64), "\(again)")
        #expect(again.error.contains("the store 'account.db' has one"), "\(again)")
    }
}
