import Foundation
import Subprocess
import Testing

@Suite("sprun simulate")
struct SimulateCommandTests {
    @Test("prints three lines for a shell once it serves, and nothing else")
    func lines() async throws {
        let user = try User()
        let (program, lines) = try await Simulation.with(user) { simulation in
            let served = try await Curl(simulation, user).get("/servers", as: Named.self)
            #expect(served.map(\.name).sorted() == ["www1", "www4"])
            return simulation.lines
        }
        #expect(lines.count == 3)
        #expect(lines[0].wholeMatch(of: #/export SERVERPILOT_API_URL=http://127\.0\.0\.1:\d+/v1/#) != nil)
        #expect(lines[1].wholeMatch(of: #/export SERVERPILOT_CLIENT_ID=\w+/#) != nil)
        #expect(lines[2].wholeMatch(of: #/export SERVERPILOT_API_KEY=[\w-]+/#) != nil)
        #expect(program.output == lines.joined(separator: "\n") + "\n")
    }

    @Test("ends soon after SIGTERM and SIGINT", arguments: [Signal.terminate, .interrupt])
    func ends(_ signal: Signal) async throws {
        let user = try User()
        let run = try await user.launch(["simulate"]).run { program in
            try await program.output.contains("SERVERPILOT_API_KEY=")
            try program.send(signal)
        }.program
        #expect(run.status == .exited(0), "\(run)")
        #expect(run.error.contains("stopped"))
    }

    @Test("rejects a wrong key, and requests a key in the standard form")
    func credentials() async throws {
        let user = try User()
        _ = try await Simulation.with(
            user, ["--client-id", "cid_mine", "--api-key", "it's $mine"].map { $0 == "it's $mine" ? "key$mine'" : $0 }
        ) { simulation in
            let url = try #require(simulation.environment["SERVERPILOT_API_URL"])
            let exports = simulation.lines.joined(separator: "\n")
            try user.write("account.env", exports)
            // The lines are read by a shell as they were printed, quotes and all.
            let right = try await user.shell(
                #". ./account.env; curl -sS -o body -w '%{http_code}' "$SERVERPILOT_API_URL/servers" "#
                    + #"-u "$SERVERPILOT_CLIENT_ID:$SERVERPILOT_API_KEY""#)
            #expect(right.output == "200", "\(right)")
            for wrong in ["cid_mine:wrong", "cid_other:key$mine'", "cid_mine:", ":key$mine'"] {
                let run = try await Launch(
                    program: "curl",
                    arguments: ["-sS", "-o", "body", "-w", "%{http_code}", "-u", wrong, url + "/servers"],
                    environment: user.environment(), folder: user.folder
                ).run()
                #expect(run.output == "401", "\(run)")
            }
        }
    }

    @Test(
        "rejects invalid options",
        arguments: [
            ["--port", "65536"], ["--port", "-1"], ["--port", "x"], ["--speed", "0"], ["--speed", "-1"],
            ["--speed", "nan"], ["--speed", "1e9"], ["--seed", "-1"], ["--client-id", "cid_x"], ["--api-key", "k"],
            ["--prot", "80"], ["--client-id", "cid:x", "--api-key", "k"], ["extra"],
        ])
    func options(_ arguments: [String]) async throws {
        let run = try await User().launch(["simulate"] + arguments).run()
        #expect(run.status == .exited(arguments.contains("cid:x") ? 4 : 64), "\(run)")
        #expect(run.output.isEmpty)
        #expect(!run.error.isEmpty)
    }

    @Test("reports a port in use")
    func portTaken() async throws {
        let user = try User()
        _ = try await Simulation.with(user) { simulation in
            let url = try #require(simulation.environment["SERVERPILOT_API_URL"])
            let port = String(url.dropFirst("http://127.0.0.1:".count).prefix { $0 != "/" })
            let second = try await user.sprun("simulate", "--port", port)
            #expect(second.status == .exited(1))
            #expect(second.output.isEmpty)
            #expect(second.error.contains("error[SP0110]: cannot listen on port \(port)"), "\(second)")
        }
    }

    @Test("the same seed creates the same account, another seed another")
    func seed() async throws {
        let user = try User()
        func identifiers(_ seed: String) async throws -> [String] {
            try await Simulation.with(user, ["--seed", seed]) { simulation in
                let servers = try await Curl(simulation, user).get("/servers", as: Named.self)
                return servers.map(\.id) + simulation.lines.dropFirst()
            }.value
        }
        let first = try await identifiers("7")
        #expect(try await identifiers("7") == first)
        #expect(try await identifiers("8") != first)
    }

    /// The scenario that all of this is for.
    @Test("any client sees a new site over real HTTP, and a second run changes nothing")
    func newSite() async throws {
        let user = try User()
        let arguments = ["--port", "0", "--speed", "600", "--rule", "lastconn-moves=off"]
        _ = try await Simulation.with(user, arguments) { simulation in
            try user.write("account.env", simulation.lines.joined(separator: "\n"))
            let line =
                #"eval "$(cat account.env)"; exec "$SPRUN" run --result result.json "#
                + "'\(Installation.recipe("new-site.lua"))' server=www1 domain=acme.example"
            let first = try await user.shell(line)
            #expect(first.status == .exited(0), "\(first)")
            #expect(first.error.contains("3 created"), "\(first)")
            let result = try JSONDecoder().decode(
                [String: String].self, from: Data(try user.read("result.json").utf8))
            // At this speed, the domain points at the server long before the recipe asks for AutoSSL.
            #expect(result["url"] == "https://acme.example/")
            #expect(result["user_password"]?.count == 24)

            let curl = Curl(simulation, user)
            try await checkSite(curl)
            let before = try await curl.everything()
            let second = try await user.shell(line)
            #expect(second.status == .exited(0), "\(second)")
            #expect(second.error.contains("nothing changed"), "\(second)")
            #expect(try await curl.everything() == before)
        }
    }

    private func checkSite(_ curl: Curl) async throws {
        let server = try #require(try await curl.get("/servers", as: Named.self).first { $0.name == "www1" })
        let owner = try #require(try await curl.get("/sysusers", as: Sysuser.self).first { $0.name == "acme" })
        #expect(owner.serverid == server.id)
        let apps = try await curl.get("/apps", as: App.self).filter { $0.name == "acme" }
        #expect(apps.count == 1)
        let app = try #require(apps.first)
        #expect(app.sysuserid == owner.id)
        #expect(app.serverid == server.id)
        #expect(app.runtime == "php8.4")
        #expect(app.domains.sorted() == ["acme.example", "www.acme.example"])
        #expect(app.ssl?.auto == true)
        #expect(app.ssl?.force == true)
        let database = try #require(try await curl.get("/dbs", as: Database.self).first { $0.name == "acme" })
        #expect(database.appid == app.id)
        #expect(database.user.name == "acme")
    }

    private struct Named: Decodable {
        let id: String
        let name: String
    }

    private struct Sysuser: Decodable {
        let id: String
        let name: String
        let serverid: String
    }

    private struct App: Decodable {
        let id: String
        let name: String
        let sysuserid: String
        let serverid: String
        let runtime: String
        let domains: [String]
        let ssl: SSL?

        struct SSL: Decodable {
            let auto: Bool
            let force: Bool
        }
    }

    private struct Database: Decodable {
        let name: String
        let appid: String
        let user: Named
    }
}
