import Foundation
import Subprocess
import Testing

@Suite("Durations of earlier runs", .timeLimit(.minutes(5)))
struct LearnedDurationTests {
    private static let recipe = """
        local server = sp.servers()[1]
        for i = 1, 2 do
            local _, action = sp.create_sysuser{ serverid = server.id, name = sp.params.name .. i }
            sp.wait(action)
        end
        """

    @Test("a run keeps how long actions took, by endpoint, and the next run reads it")
    func kept() async throws {
        let user = try User()
        _ = try await Simulation.with(user, ["--speed", "200", "--port", "0"]) { simulation in
            let first = try await user.sprun(
                "run", "-e", Self.recipe, "name=first", environment: simulation.environment)
            #expect(first.status == .exited(0), "\(first)")
            let path = "\(user.home)/state/durations.json"
            let bytes = Data(try String(contentsOfFile: path, encoding: .utf8).utf8)
            let kept = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
            let endpoint = try #require(kept?.keys.first)
            let durations = try #require(kept?[endpoint] as? [String: [String: Double]])
            let mean = try #require(durations["create_sysuser"]?["mean"])
            #expect(mean > 0 && mean < 60)
            for damaged in ["", #"{"\#(endpoint)":{"create_sysuser":{"count":3,"mean":-1,"variance":0}}}"#] {
                try damaged.write(toFile: path, atomically: false, encoding: .utf8)
                let next = try await user.sprun(
                    "run", "-e", Self.recipe, "name=next\(damaged.count)", environment: simulation.environment)
                #expect(next.status == .exited(0), "\(next)")
                #expect(try String(contentsOfFile: path, encoding: .utf8).contains("mean"))
            }
        }
        let simulated = try User()
        let run = try await simulated.sprun("run", "--simulate", "-e", Self.recipe, "name=other")
        #expect(run.status == .exited(0), "\(run)")
        #expect(!FileManager.default.fileExists(atPath: "\(simulated.home)/state/durations.json"))
    }

    @Test("a rate is a number of requests a second, and limits a run")
    func rate() async throws {
        let user = try User()
        for bad in ["0", "-1", "fast", "5000"] {
            let run = try await user.sprun("run", "--rate=\(bad)", "-e", "")
            #expect(run.status == .exited(64) && run.error.contains("--rate"), "\(run)")
        }
        let run = try await user.sprun(
            "run", "--simulate", "--rate", "2", "-e",
            "local t = sp.time() for _ = 1, 9 do sp.servers() end return sp.time() - t")
        #expect(run.status == .exited(0) && run.output == "4\n", "\(run)")
    }
}
