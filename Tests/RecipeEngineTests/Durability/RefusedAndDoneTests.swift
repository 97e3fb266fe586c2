import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// What stands between sprun and the API can refuse a request that was carried out.
@Suite("A change that was made although the API returned an error")
struct RefusedAndDoneTests {
    static let refusals = ["403", "404", "409", "413", "429"]

    private static func runner(_ lua: String, _ faults: [String], isUnique: Bool = true) throws -> DurableRunner {
        var random = SeededRandom(seed: 1)
        var settings = AccountSettings()
        if !isUnique {
            try settings.rules.set("server-name-unique", on: false)
            try settings.rules.set("sshkey-unique", on: false)
        }
        let account = Account.demo(at: RecipeStage.start, random: &random, settings: settings)
        return DurableRunner(lua, account: account, faults: FaultPlan(try faults.map { try Fault(text: $0) }))
    }

    @Test("is adopted with a warning and not repeated", arguments: refusals, [0, 1, 2, 3, 5])
    func create(_ status: String, _ index: Int) async throws {
        let create = AmbiguousTests.creates[index]
        // An attachment that holds already is refused with 409, and looks the same.
        if index == 5, status == "409" { return }
        for isUnique in [true, false] {
            let runner = try Self.runner(
                "return { id = \(create.lua).id }", ["\(create.operation):1=\(status),effect=done"], isUnique: isUnique)
            let life = try await runner.live()
            #expect(life.failure == nil, "\(create.operation) \(status): \(life)")
            #expect(AmbiguousTests.count(create.operation, runner.serverPilot.account) == 1)
            let posts = life.posts.count { $0.hasSuffix(" \(status)") || $0.hasSuffix(" 200") }
            #expect(posts == (index == 5 ? 2 : 1), "\(life)")
            #expect(runner.warnings.contains { $0.contains("but the change was made") })
            // It is in the journal: another life has nothing to ask.
            #expect(try await runner.live().requests.filter { !$0.hasPrefix("GET") } == [])
        }
    }

    @Test("is left to a person if its key was shown only once", arguments: refusals)
    func server(_ status: String) async throws {
        let runner = try Self.runner(
            #"sp.create_server{ name = "www9" }"#, ["create_server:1=\(status),effect=done"], isUnique: false)
        let life = try await runner.live()
        #expect(life.failure?.code == "undecided" && life.posts.count == 1, "\(life)")
        #expect(runner.serverPilot.account.servers.values.count { $0.name == "www9" } == 1)
    }

    @Test("stays rejected after one lookup if nothing was made", arguments: refusals)
    func plain(_ status: String) async throws {
        let lua = #"sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "acme" }"#
        let runner = try Self.runner(lua, ["create_sysuser:1=\(status),effect=none"])
        let life = try await runner.live()
        #expect(life.failure?.hint != nil || life.failure != nil, "\(life)")
        #expect(life.posts.count == 1)
        #expect(life.requests.count { $0.hasPrefix("GET /sysusers") } == 2, "\(life)")
    }

    @Test("a resource that existed before is no proof: a conflict stays a conflict")
    func before() async throws {
        let lua = #"sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "olive" }"#
        let life = try await Self.runner(lua, []).live()
        #expect(life.failure?.code == "conflict", "\(life)")
    }

    @Test("after a 429, a creation without a unique key is looked up before it is repeated")
    func throttled() async throws {
        let lua = #"return { id = sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }.id }"#
        let runner = try Self.runner(lua, ["create_sshkey:first-2=throttled,retry_after=7s"], isUnique: false)
        let life = try await runner.live()
        #expect(life.failure == nil && life.changes == ["POST /sshkeys 200"], "\(life)")
        #expect(runner.clock.now - RecipeStage.start >= .seconds(14))
    }

    @Test("a rejected deletion counts as made if the resource is missing", arguments: refusals)
    func delete(_ status: String) async throws {
        let lua = #"sp.delete_app(sp.find_app{ name = "oliveoil" }.id)"#
        let runner = try Self.runner(lua, ["delete_app:1=\(status),effect=done"])
        let life = try await runner.live()
        #expect(life.failure == nil, "\(life)")
        #expect(runner.serverPilot.account.apps.values.count == 1)
    }

    @Test(
        "a rejected setting counts as made if it has the requested value",
        arguments: ["403", "404", "409", "413", "429"])
    func update(_ status: String) async throws {
        let lua = #"sp.update_app(sp.find_app{ name = "oliveoil" }.id, { runtime = "php8.4" })"#
        let runner = try Self.runner(lua, ["update_app:1=\(status),effect=done"])
        let life = try await runner.live()
        #expect(life.failure == nil && life.posts.count == 1, "\(life)")
        let undone = try await Self.runner(lua, ["update_app:1=\(status),effect=none"]).live()
        #expect(undone.failure != nil, "\(undone)")
    }
}
