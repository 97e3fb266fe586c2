import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Invariants of the account")
struct AccountInvariantTests {
    @Test("records never contradict each other, and a rejected call changes nothing", arguments: 0..<10)
    func invariants(round: Int) {
        let seed = TestRandom.seed() &+ UInt64(round)
        let history = RandomHistory(seed: seed, calls: 600) { account, refusedFrom in
            #expect(account.contradictions.isEmpty, "seed \(seed)")
            if let refusedFrom { #expect(account == refusedFrom, "seed \(seed)") }
        }
        #expect(history.done > 100, "seed \(seed): too many calls were refused to show anything")
        #expect(history.refused.count > 5, "seed \(seed): \(history.refused)")
    }

    @Test("natural keys stay unique on each server", arguments: 0..<5)
    func uniqueness(round: Int) {
        let seed = TestRandom.seed() &+ UInt64(round)
        let account = RandomHistory(seed: seed, calls: 1500).account
        let keys: [[String]] = [
            account.servers.values.map(\.name), account.sshkeys.values.map(\.publicKey),
            account.sysusers.values.map { "\($0.serverID) \($0.name)" },
            account.apps.values.map { "\($0.serverID) \($0.name)" },
            account.databases.values.map { "\($0.serverID) \($0.name)" },
            account.databases.values.map { "\($0.serverID) \($0.user.name)" },
        ]
        for names in keys { #expect(Set(names).count == names.count, "seed \(seed)") }
    }

    @Test("the same seed repeats the same history")
    func deterministic() {
        let seed = TestRandom.seed()
        #expect(RandomHistory(seed: seed, calls: 300).state == RandomHistory(seed: seed, calls: 300).state)
    }
}
