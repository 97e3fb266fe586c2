import Foundation
import SprunTesting
import Subprocess
import Testing

/// The simulator before judges that share no code with it: clients that others wrote, a browser, curl and raw sockets,
/// a generator of requests.
@Suite("The simulator and other clients")
struct SimulateJudgesTests {
    // The judges compare the account before and after; time that passes fast would move lastconn in between.
    private static let demo = ["--port", "0", "--speed", "1000", "--rule", "lastconn-moves=off"]

    // Runs a judge of `Fixtures` against `sprun simulate`, over HTTP or HTTPS, and expects that it finds nothing. The
    // judge gets base URL, client id, API key, `--cacert` over HTTPS, and what `more` makes once the simulator runs.
    private func judge(
        _ script: String, secure: Bool = false, _ arguments: [String] = Self.demo,
        limit: Duration = .seconds(300), more: @escaping @Sendable (Simulation) throws -> [String] = { _ in [] }
    ) async throws -> String {
        let user = try User()
        var options = arguments
        if secure {
            let made = try await user.shell("'\(Installation.script("make-ca"))' ca")
            #expect(made.status == .exited(0), "\(made)")
            options += ["--tls-cert", "ca/server.pem", "--tls-key", "ca/server.key"]
        }
        let judged = try await Simulation.with(user, options, limit: limit + .seconds(60)) { simulation in
            let environment = simulation.environment
            let address = ["SERVERPILOT_API_URL", "SERVERPILOT_CLIENT_ID", "SERVERPILOT_API_KEY"]
                .map { environment[$0] ?? "" }
            let judge = Launch(
                program: try Installation.python(),
                arguments: [Installation.fixture(script)] + address
                    + (secure ? ["--cacert", "ca/ca.pem"] : []) + (try more(simulation)),
                environment: user.environment(), folder: user.folder, user: user, limit: limit)
            return try await judge.run()
        }.value
        #expect(judged.status == .exited(0), "\(judged)")
        return judged.output
    }

    /// The number before a word on the last line: `41 passed, 0 failed`.
    private func count(_ word: String, _ output: String) -> Int? {
        let line = output.split(separator: "\n").last ?? ""
        return line.split(separator: ", ").first { $0.hasSuffix(" \(word)") }
            .flatMap { $0.split(separator: " ").first }.flatMap { Int($0) }
    }

    /// What a client could not do through its own fault.
    private func faults(_ output: String) -> Set<String> {
        Set(
            output.split(separator: "\n").filter { $0.hasPrefix("their fault ") }
                .map { String($0.dropFirst("their fault ".count).prefix { $0 != ":" && $0 != " " }) })
    }

    @Test(
        "rwsp from PyPI makes every call, by base URL or by name and authority",
        arguments: [false, true])
    func rwsp(secure: Bool) async throws {
        let output = try await judge("third_party_rwsp.py", secure: secure)
        #expect(try #require(count("passed", output)) > 100)
        #expect(
            faults(output) == [
                "create-user-changes-its-argument", "create-user-wants-a-password", "force-ssl-cannot-turn-off",
                "make-request-other-methods", "error-text-thrown-away",
            ])
    }

    @Test("pyserverpilot from PyPI makes every call that its release can make", arguments: [false, true])
    func pyserverpilot(secure: Bool) async throws {
        let output = try await judge("third_party_pyserverpilot.py", secure: secure)
        #expect(try #require(count("passed", output)) > 40)
        #expect(faults(output) == ["import-fails", "modules-missing", "actionid-thrown-away"])
    }

    @Test("the commands of ServerPilot's own guide work unchanged")
    func guide() async throws {
        let output = try await judge("seed_document.py", secure: true)
        #expect(try #require(count("passed", output)) > 20)
    }

    @Test(
        "every malformed request gets a 4xx in the documented form, changes nothing, and takes no memory",
        arguments: [false, true])
    func malformed(secure: Bool) async throws {
        let output = try await judge("malformed.py", secure: secure, limit: .seconds(600)) { simulation in
            ["--pid", "\(simulation.program.identifier)"]
        }
        #expect(try #require(count("passed", output)) > 1000)
        // What never becomes a request: the server waits for more, or speaks TLS.
        #expect(output.split(separator: "\n").count { $0.hasPrefix("finding ") } <= 4, "\(output)")
    }

    @Test("agrees with its OpenAPI document in ten thousand generated cases, valid and invalid")
    func conformance() async throws {
        let seed = "\(TestRandom.seed("judges", in: 1...UInt64(UInt32.max)))"
        print("schemathesis: seed \(seed)")
        let user = try User()
        let judged = try await Simulation.with(user, Self.demo, limit: .seconds(1500)) { simulation in
            let environment = simulation.environment
            let names = ["SERVERPILOT_API_URL", "SERVERPILOT_CLIENT_ID", "SERVERPILOT_API_KEY"]
            return try await Launch(
                program: try Installation.python(),
                arguments: [Installation.fixture("conformance.py"), try Installation.sprun()]
                    + names.map { environment[$0] ?? "" } + ["--cases", "10000", "--seed", seed],
                environment: user.environment(["HOME": user.folder]), folder: user.folder, user: user,
                limit: .seconds(1400)
            ).run()
        }.value
        #expect(judged.status == .exited(0), "\(judged)")
        #expect(try #require(count("passed", judged.output)) >= 10000)
    }

    @Test("the page shows the account in a browser, and its changes without reloading")
    func page() async throws {
        let output = try await judge("page.py", ["--port", "0", "--speed", "10"])
        #expect(output.split(separator: "\n").count { $0.hasPrefix("ok ") } > 30)
    }
}
