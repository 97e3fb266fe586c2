import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("The stored state")
struct SimulatorStateTests {
    @Test("a state that is written and read is the same, byte for byte", arguments: 0..<10)
    func roundTrip(round: Int) throws {
        let seed = TestRandom.seed() &+ UInt64(round)
        let state = RandomHistory(seed: seed, calls: 300).state
        let bytes = state.document.bytes
        let read = try SimulatorState(document: JSONValue(bytes: bytes))
        #expect(read == state, "seed \(seed)")
        #expect(read.document.bytes == bytes, "seed \(seed)")
    }

    @Test("a restored simulation continues as if it had never stopped")
    func goesOn() async throws {
        let stage = Stage(plan: .realistic)
        let furnished = try await FurnishedStage(stage: stage)
        let document = stage.simulator.state.document
        let state = try SimulatorState(document: document)
        let clock = VirtualClock(now: state.now)
        let again = SimulatedServerPilot(state: state, time: clock, credentials: stage.simulator.credentials)
        let operation = try #require(Operation.named("create_app"))
        let arguments = try #require(furnished.arguments(of: "create_app"))
        let first = try await stage.simulator.transport.call(operation, arguments)
        let second = try await again.transport.call(operation, arguments)
        #expect(first == second)
        #expect(again.state == stage.simulator.state)
    }

    @Test("a newer format is rejected with a hint")
    func newer() async throws {
        var document = Stage().simulator.state.document.objectValue ?? [:]
        document["format_version"] = 2
        let error = #expect(throws: SimulatorStateError.self) { try SimulatorState(document: .object(document)) }
        #expect(error?.code == .newerFormat)
        #expect(error?.message.contains("format 2") == true)
        #expect(error?.message.contains("Use the program that wrote it") == true)
    }

    @Test(
        "an invalid state is rejected and never crashes",
        arguments: [
            .null, [], ["format_version": 0], ["format_version": "1"], ["format_version": 1],
            ["format_version": 1, "random": "xyz", "now": 0, "account": [:]],
            ["format_version": 1, "random": "1", "now": 1.5, "account": [:]],
        ] as [JSONValue])
    func malformed(document: JSONValue) {
        let error = #expect(throws: SimulatorStateError.self) { try SimulatorState(document: document) }
        #expect(error?.code == .malformed)
    }

    @Test("every member of the document is required, with its type")
    func everyMember() async throws {
        let document = try await FurnishedStage().stage.simulator.state.document
        var tried = 0
        for damaged in Self.damaged(document) {
            tried += 1
            if Self.isOfEarlierVersion(damaged) { continue }
            #expect(throws: SimulatorStateError.self) { try SimulatorState(document: damaged) }
        }
        #expect(tried > 100)
    }

    /// Whether only members are missing that documents of an earlier version lack.
    private static func isOfEarlierVersion(_ document: JSONValue) -> Bool {
        let settings = document["account"]?["settings"]?.objectValue ?? [:]
        if settings.count == 4, settings["is_copy"] == nil || settings["switched_rules"] == nil { return true }
        let servers = document["account"]?["servers"]?.arrayValue ?? []
        return servers.contains { $0.objectValue?.count == 13 && ($0["key_digest"] == nil || $0["reporting"] == nil) }
    }

    /// The value with each of its members in turn taken out, and with each leaf in turn replaced by an object.
    private static func damaged(_ value: JSONValue) -> [JSONValue] {
        switch value {
        case .object(let members):
            members.keys.flatMap { name -> [JSONValue] in
                var without = members
                without[name] = nil
                return [.object(without)]
                    + damaged(members[name] ?? .null).map { .object(members.merging([name: $0]) { $1 }) }
            }
        case .array(let elements):
            // One element of each kind is enough, and the first table entry stands for all.
            elements.prefix(1).flatMap { first in
                damaged(first).map { .array([$0] + elements.dropFirst()) }
            }
        default: [["damaged": true]]
        }
    }

    @Test("contradictory records are rejected", arguments: ["servers", "sshkeys", "sysusers", "apps"])
    func inconsistent(table: String) async throws {
        var document = try await FurnishedStage().stage.simulator.state.document.objectValue ?? [:]
        var account = document["account"]?.objectValue ?? [:]
        account[table] = []
        document["account"] = .object(account)
        let error = #expect(throws: SimulatorStateError.self) { try SimulatorState(document: .object(document)) }
        #expect(error?.code == .inconsistent)
    }

    @Test("a duplicate id is rejected")
    func twice() async throws {
        var document = try await FurnishedStage().stage.simulator.state.document.objectValue ?? [:]
        var account = document["account"]?.objectValue ?? [:]
        let keys = account["sshkeys"]?.arrayValue ?? []
        account["sshkeys"] = .array(keys + keys)
        document["account"] = .object(account)
        let error = #expect(throws: SimulatorStateError.self) { try SimulatorState(document: .object(document)) }
        #expect(error?.code == .inconsistent)
    }
}
