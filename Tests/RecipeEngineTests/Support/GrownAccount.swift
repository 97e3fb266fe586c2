import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting

/// The demo account grown by a seed: users, sites, databases and keys of somebody else, and other settings.
///
/// Nothing in it has a name that `GeneratedRecipe` gives.
struct GrownAccount {
    private let serverPilot: SimulatedServerPilot
    private var random: SeededRandom
    private var number = 0

    /// One of them; the seed decides what is in it.
    static func make(seed: UInt64) async throws -> Account {
        var random = SeededRandom(seed: seed)
        let demo = Account.demo(at: RecipeStage.start, random: &random)
        // What is made is done long before a recipe starts on it.
        let clock = VirtualClock(now: RecipeStage.start + .seconds(-86_400))
        let serverPilot = SimulatedServerPilot(
            account: demo, random: random, time: clock,
            credentials: AccountCredentials(clientID: "cid_test", apiKey: Secret("key-for-tests")))
        var grown = GrownAccount(serverPilot: serverPilot, random: random)
        for _ in 0..<grown.draw(7) { try await grown.grow() }
        return serverPilot.account
    }

    private mutating func draw(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    private mutating func name() -> String {
        number += 1
        return "theirs\(number)"
    }

    @discardableResult
    private func call(_ operation: String, _ arguments: JSONObject) async throws -> String {
        let name = ServerPilot.Operation.Name(rawValue: operation)
        guard let operation = ServerPilot.Operation.named(name) else { return "" }
        return try await serverPilot.transport.call(operation, arguments).data["id"]?.stringValue ?? ""
    }

    private mutating func grow() async throws {
        let servers = serverPilot.account.servers.values.map(\.id.rawValue)
        let server = servers[draw(servers.count)]
        switch draw(5) {
        case 0:
            try await call("create_sshkey", ["name": .string(name()), "public_key": .string("ssh-rsa AAAA\(name())")])
        case 1:
            let setting = ["firewall", "autoupdates", "deny_unknown_domains"][draw(3)]
            try await call("update_server", ["id": .string(server), setting: .bool(draw(2) == 0)])
        case 2:
            let apps = serverPilot.account.apps.values.map(\.id.rawValue)
            let runtime = ["php8.1", "php8.2", "php8.3", "php8.4"][draw(4)]
            try await call("update_app", ["id": .string(apps[draw(apps.count)]), "runtime": .string(runtime)])
        default:
            let user = try await call("create_sysuser", ["serverid": .string(server), "name": .string(name())])
            for _ in 0..<draw(3) {
                let site = name()
                let app = try await call(
                    "create_app",
                    [
                        "name": .string(site), "sysuserid": .string(user), "runtime": .string("php8.\(1 + draw(4))"),
                        "domains": .array([.string("\(site).example")]),
                    ])
                for _ in 0..<draw(2) {
                    let database = name()
                    try await call(
                        "create_db",
                        [
                            "appid": .string(app), "name": .string(database),
                            "user": ["name": .string(database), "password": "longenough"],
                        ])
                }
            }
        }
    }
}
