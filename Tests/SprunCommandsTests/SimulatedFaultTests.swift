import Foundation
import Subprocess
import Testing

@Suite("sprun simulate with faults")
struct SimulatedFaultTests {
    private static let create = """
        local user, action = sp.create_sysuser{ serverid = sp.find_server{ name = "www4" }.id, name = "acme" }
        sp.wait(action)
        """

    private struct Named: Decodable { let name: String }

    @Test(
        "sprun run reports the failure, and the account matches the fault",
        arguments: [
            ("create_sysuser=reply_lost", Int32(0), "no reply arrived, but the change was made", true),
            ("create_sysuser=closed", 7, "error[SP0702]", false),
            ("create_sysuser=503", 7, "HTTP 503", false),
            ("create_sysuser=action_error", 3, "error[SP0501]", true),
            ("create_sysuser=action_error,effect=none", 3, "error[SP0501]", false),
            ("create_sysuser:1=throttled,retry_after=1s", 0, "ServerPilot asks to slow down", true),
        ])
    func run(_ fault: String, _ status: Int32, _ told: String, _ isDone: Bool) async throws {
        let user = try User()
        _ = try await Simulation.with(user, ["--speed", "600", "--fault", fault]) { simulation in
            let run = try await user.sprun("run", "-e", Self.create, environment: simulation.environment)
            #expect(run.status == .exited(status), "\(run)")
            #expect(run.error.contains(told), "\(run)")
            let users = try await Curl(simulation, user).get("/sysusers", as: Named.self)
            #expect(users.contains { $0.name == "acme" } == isDone)
        }
    }

    @Test("faults come from a file, new servers connect, and the control path has its own token")
    func file() async throws {
        let user = try User()
        let file = try user.write(
            "faults.json",
            #"{ "faults": [ { "operation": "apps", "every": 2, "fault": "delay", "time": "0s" }, "#
                + #"{ "operation": "dbs", "fault": "status", "status": 500 } ] }"#)
        let arguments = ["--faults", file, "--connect", "web*=30s", "--control", "--speed", "600"]
        _ = try await Simulation.with(user, arguments) { simulation in
            #expect(simulation.lines.count == 4)
            #expect(simulation.lines[3].wholeMatch(of: #/export SPRUN_SIMULATOR_TOKEN=\w{40}/#) != nil)
            let code = """
                local server, action = sp.create_server{ name = "web1" }
                sp.wait(action)
                print(sp.server(server.id).lastaddress)
                sp.apps()
                print(pcall(sp.dbs))
                """
            let run = try await user.sprun("run", "-e", code, environment: simulation.environment)
            #expect(run.status == .exited(0), "\(run)")
            #expect(run.lines.first?.hasPrefix("198.51.100.") == true, "\(run)")
            #expect(run.lines.last?.hasPrefix("false") == true, "\(run)")
            let answer = try await user.shell(
                #"curl -sS -X DELETE -H "Authorization: Bearer $SPRUN_SIMULATOR_TOKEN" "#
                    + #""${SERVERPILOT_API_URL%/v1}/_simulator/faults""#, environment: simulation.environment)
            #expect(answer.output.contains(#""faults":[]"#), "\(answer)")
        }
    }

    @Test(
        "an unknown fault is reported with the nearest name, and nothing is served",
        arguments: [
            (["--fault", "create_app=reply_lots"], "did you mean 'reply_lost'?"),
            (["--fault", "creat_app=reply_lost"], "did you mean 'create_app'?"), (["--connect", "soon"], "90s"),
            (["--faults", "missing.json"], "cannot be read"),
            (["--faults", "bad.json"], "$.faults[0].nth: must be a whole number"),
        ])
    func mistakes(_ arguments: [String], _ told: String) async throws {
        let user = try User()
        try user.write("bad.json", #"{ "faults": [ { "fault": "closed", "nth": "x" } ] }"#)
        let run = try await user.launch(["simulate"] + arguments).run()
        #expect(run.status == .exited(64), "\(run)")
        #expect(run.output.isEmpty)
        #expect(run.error.contains(told), "\(run)")
    }

    @Test("--fault help explains the form of faults")
    func guide() async throws {
        let run = try await User().sprun("simulate", "--fault", "help")
        #expect(run.status == .exited(0))
        #expect(run.output.contains("OPERATION[:CALLS]=KIND[,KEY=VALUE]"))
        #expect(run.output.contains("reply_lost"))
    }
}
