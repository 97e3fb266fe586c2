import DurableSteps
import Foundation
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// Every create under every fault that leaves its fate unknown.
///
/// `SPRUN_FAULT_SEEDS` says with how many seeds, `SPRUN_SEED` from which on; a seed decides the account's ids, how long
/// work takes, how late a late request is, and whether looking for the thing fails too.
@Suite("A create whose reply is lost", .timeLimit(.minutes(60)))
struct AmbiguousTests {
    /// What makes it unknown whether a call was done.
    static let faults = [
        "closed", "reply_lost", "500", "500,effect=done", "closed,effect=done", "truncated", "wrong_json", "408",
        "408,effect=done", "late", "drip,time=30s",
    ]

    private static let environment = ProcessInfo.processInfo.environment
    private static let first = TestRandom.seed("lost replies", in: 1...1_000_000_000)
    private static let seeds = first..<(first + UInt64(environment["SPRUN_FAULT_SEEDS"].flatMap(Int.init) ?? 2))

    /// Each create, with what there is of it afterwards.
    static let creates: [(operation: String, lua: String)] = [
        ("create_sysuser", #"sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "acme" }"#),
        (
            "create_app",
            #"sp.create_app{ name = "acmesite", sysuserid = sp.find_sysuser{ name = "olive" }.id, runtime = "php8.4" }"#
        ),
        (
            "create_db",
            #"sp.create_db{ appid = sp.find_app{ name = "oliveoil" }.id, name = "more", user = { name = "more", password = sp.secret("db") } }"#
        ),
        ("create_sshkey", #"sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }"#),
        ("create_server", #"sp.create_server{ name = "www9" }"#),
        (
            "add_sysuser_sshkey",
            #"(function() local k = sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" } "#
                + #"sp.wait(sp.add_sysuser_sshkey(sp.find_sysuser{ name = "olive" }.id, k.id)) return k end)()"#
        ),
    ]

    static func count(_ operation: String, _ account: Account) -> Int {
        switch operation {
        case "create_sysuser": account.sysusers.values.count { $0.name == "acme" }
        case "create_app": account.apps.values.count { $0.name == "acmesite" }
        case "create_db": account.databases.values.count { $0.name == "more" }
        case "create_sshkey": account.sshkeys.values.count { $0.name == "deploy" }
        case "add_sysuser_sshkey": account.sysusers.values.first { $0.name == "olive" }?.sshkeys.count ?? 0
        default: account.servers.values.count { $0.name == "www9" }
        }
    }

    @Test(
        "is made once if its key is unique; otherwise a person decides", arguments: faults,
        [true, false])
    func once(_ fault: String, _ isUnique: Bool) async throws {
        for seed in Self.seeds {
            for create in Self.creates { try await Self.tryOnce(create, fault, isUnique, seed) }
        }
    }

    private static func tryOnce(
        _ create: (operation: String, lua: String), _ fault: String, _ isUnique: Bool, _ seed: UInt64
    ) async throws {
        var random = SeededRandom(seed: seed)
        var settings = AccountSettings()
        if !isUnique {
            try settings.rules.set("server-name-unique", on: false)
            try settings.rules.set("sshkey-unique", on: false)
        }
        let account = Account.demo(at: RecipeStage.start, random: &random, settings: settings)
        let lateness = fault == "late" ? ",after=\(1 + random.next() % 25)s,patience=30s" : ""
        var faults = ["\(create.operation):1=\(fault)\(lateness)"]
        // Now and then looking for what was made gets no answer either.
        if random.next() % 2 == 0 {
            let listing =
                Operation.named(Operation.Name(rawValue: create.operation))?.naturalKey?.listing.rawValue ?? "reads"
            faults.append("\(listing):\(2 + random.next() % 2)=closed")
        }
        let runner = DurableRunner(
            "return { id = \(create.lua).id }", seed: seed, account: account,
            faults: FaultPlan(try faults.map { try Fault(text: $0) }))
        let life = try await runner.live()
        // Whatever is still on its way arrives.
        try await runner.clock.sleep(for: .seconds(120))
        let made = count(create.operation, runner.serverPilot.account)
        let words = "\(create.operation) under \(faults), seed \(seed)"
        #expect(made <= 1, "\(words)")
        if life.failure == nil {
            #expect(made == 1, "\(words)")
            #expect(life.result?["id"]?.stringValue?.isEmpty == false, "\(words)")
        } else {
            #expect(life.failure?.code == "undecided", "\(words): \(life.failure?.description ?? "")")
            #expect(["create_sshkey", "create_server"].contains(create.operation), "\(words)")
            // A late arrival is the one request a second time in the simulator's log.
            #expect(life.posts.count <= (fault == "late" ? 2 : 1), "\(words)")
        }
    }

    @Test("a person's decision is carried out: adopt, recreate, skip")
    func decisions() async throws {
        let lua = """
            local ok, key = pcall(sp.create_sshkey, { name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" })
            return { ok = ok, id = ok and key.id or key.code }
            """
        func stopped(_ fault: String) async throws -> DurableRunner {
            let runner = DurableRunner(lua, faults: FaultPlan([try Fault(text: "create_sshkey:1=\(fault)")]))
            let life = try await runner.live()
            #expect(life.failure?.code == "undecided")
            return runner
        }
        let lost = try await stopped("closed")
        let again = try await lost.live(decision: EffectDecision(.recreate))
        #expect(again.failure == nil && lost.serverPilot.account.sshkeys.count == 1)
        let skipped = try await stopped("closed")
        let without = try await skipped.live(decision: EffectDecision(.skip))
        #expect(without.result?["ok"] == false && without.result?["id"] == "skipped")
        #expect(skipped.serverPilot.account.sshkeys.isEmpty)
        let undecided = try await stopped("closed")
        let still = try await undecided.live()
        #expect(still.failure?.code == "undecided" && still.posts.isEmpty, "nothing was decided")
        let adopting = try await stopped("closed")
        let id = try await adopting.serverPilot.transport.call(
            try #require(Operation.named("create_sshkey")),
            ["name": "deploy", "public_key": "ssh-ed25519 AAAAdeploy"]
        ).data["id"]
        let adopted = try await adopting.live(decision: EffectDecision(.adopt, id: id?.stringValue))
        #expect(adopted.result?["id"] == id)
        let wrong = try await stopped("closed")
        let none = try await wrong.live(decision: EffectDecision(.adopt, id: "nothinghasthisid"))
        #expect(none.failure?.code == "undecided")
    }

    @Test("a server whose key was lost is recreated after a decision")
    func server() async throws {
        let runner = DurableRunner(
            #"local s = sp.create_server{ name = "www9" } return { id = s.id, key = s.apikey ~= nil }"#,
            faults: FaultPlan([try Fault(text: "create_server:1=reply_lost")]))
        let life = try await runner.live()
        #expect(life.failure?.code == "undecided")
        let lost = try #require(runner.serverPilot.account.servers.values.first { $0.name == "www9" }).id.rawValue
        #expect(life.failure?.message.contains(lost) == true)
        let again = try await runner.live(decision: EffectDecision(.recreate, id: lost))
        #expect(again.failure == nil, "\(again.failure?.description ?? "")")
        #expect(again.result?["key"] == true)
        let now = runner.serverPilot.account.servers.values.filter { $0.name == "www9" }.map(\.id.rawValue)
        #expect(now.count == 1 && now != [lost])
    }
}
