import Foundation
import Subprocess
import Testing

@Suite("sprun doctor")
struct DoctorCommandTests {
    private struct Examination: Decodable {
        struct Finding: Decodable {
            let name: String
            let ok: Bool
            let text: String
            let code: String?
        }

        let formatVersion: Int
        let findings: [Finding]
    }

    private static func examination(_ run: Finished) throws -> Examination {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Examination.self, from: Data(run.output.utf8))
    }

    @Test("reports that everything is in order, with one GET request")
    func good() async throws {
        let user = try User()
        try await Judge.with(.asking, user) { judge in
            let run = try await user.sprun("doctor", environment: judge.environment)
            #expect(run.status == .exited(0), "\(run)")
            let names = run.lines.compactMap { $0.split(separator: " ").dropFirst().first }
            let all = ["version", "recipes", "folders", "state", "endpoint", "credentials", "connection"]
            #expect(names == all.map { $0[...] }, "\(run)")
            #expect(run.lines.allSatisfy { $0.hasPrefix("ok    ") })
            #expect(run.output.contains("connection   1 server, response in"), "\(run)")
            #expect(run.error.isEmpty)
            #expect(!run.everything.contains("key_right"))
            #expect(await judge.requests == ["request GET /v1/servers"])

            let json = try await user.sprun("doctor", "--json", environment: judge.environment)
            let examination = try Self.examination(json)
            #expect(examination.formatVersion == 1)
            #expect(examination.findings.count == 7)
            #expect(examination.findings.allSatisfy { $0.ok && $0.code == nil })
            #expect(json.lines.count == 1)
        }
    }

    @Test("exits with the status of the first problem, and explains how to correct it")
    func bad() async throws {
        let user = try User()
        try user.write("file", "")
        let none = try await user.sprun("doctor")
        #expect(none.status == .exited(4))
        #expect(none.output.contains("FAIL  credentials  no ServerPilot credentials found\n"), "\(none)")
        #expect(none.output.contains("hint: 'sprun login' saves them"))
        #expect(none.output.contains("more: sprun explain SP0103"))

        let unwritable = try await user.sprun("doctor", environment: ["SPRUN_HOME": "\(user.folder)/file/home"])
        #expect(unwritable.status == .exited(1))
        #expect(unwritable.output.contains("FAIL  state"), "\(unwritable)")

        let gone = try await user.sprun(
            "doctor", "--json",
            environment: [
                "SERVERPILOT_API_URL": "http://127.0.0.1:1/v1", "SERVERPILOT_CLIENT_ID": "cid_right",
                "SERVERPILOT_API_KEY": "key_right",
            ])
        #expect(gone.status == .exited(1))
        let examination = try Self.examination(gone)
        #expect(examination.findings.last?.name == "connection")
        #expect(examination.findings.last?.ok == false)
        #expect(examination.findings.last?.code == "not_connected")
        #expect(!gone.everything.contains("key_right"))
    }

    @Test("reports rejected credentials")
    func refused() async throws {
        let user = try User()
        try await Judge.with(.refusing, user) { judge in
            let run = try await user.sprun("doctor", environment: judge.environment)
            #expect(run.status == .exited(4))
            #expect(run.output.contains("FAIL  connection"), "\(run)")
            #expect(run.output.contains("more: sprun explain SP0301"))
        }
    }

    @Test("rejects an endpoint that would send the key unencrypted")
    func clear() async throws {
        let run = try await User().sprun("doctor", "--endpoint", "http://example.com/v1")
        #expect(run.status == .exited(64))
        #expect(run.output.contains("FAIL  endpoint"), "\(run)")
    }
}
