import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Actions")
struct ActionTests {
    @Test("actions of a server run one after another, those of another server concurrently")
    func queues() async throws {
        let stage = Stage(plan: .fixed(.seconds(10)))
        let first = try await stage.connectedServer("www1")
        let second = try await stage.connectedServer("www2")
        try await stage.wait(.seconds(100))
        var actions: [ActionID?] = []
        for (server, name) in [(first, "aaa"), (first, "bbb"), (second, "ccc"), (first, "ddd")] {
            actions.append(
                try await stage.call("create_sysuser", ["serverid": .string(server), "name": .string(name)]).actionID)
        }
        let expected = [
            (9, ["open", "open", "open", "open"]), (1, ["success", "open", "success", "open"]),
            (9, ["success", "open", "success", "open"]), (1, ["success", "success", "success", "open"]),
            (10, ["success", "success", "success", "success"]),
        ]
        for (seconds, statuses) in expected {
            try await stage.wait(.seconds(seconds))
            var found: [String?] = []
            for action in actions { found.append(try await stage.status(of: action)) }
            #expect(found == statuses)
        }
    }

    @Test("a queue that ran empty starts again at the next call, not in the past")
    func idleQueue() async throws {
        let stage = Stage(plan: .fixed(.seconds(10)))
        let server = try await stage.connectedServer()
        try await stage.wait(.seconds(1000))
        let action = try await stage.call("create_sysuser", ["serverid": .string(server), "name": "late"]).actionID
        #expect(try await stage.status(of: action) == "open")
        try await stage.wait(.seconds(9))
        #expect(try await stage.status(of: action) == "open")
        try await stage.wait(.seconds(1))
        #expect(try await stage.status(of: action) == "success")
    }

    @Test("actions stay open on a server that never connected, and start when it connects")
    func neverConnected() async throws {
        let stage = Stage(plan: .fixed(.seconds(10)))
        let created = try await stage.call("create_server", ["name": "www1"])
        let server = try Server(created.data)
        #expect(server.lastaddress == nil)
        #expect(server.lastconn == nil)
        let userReply = try await stage.call(
            "create_sysuser", ["serverid": .string(server.id.rawValue), "name": "acme"])
        let user = try Sysuser(userReply.data)
        let app = try await stage.call(
            "create_app",
            ["name": "site", "sysuserid": .string(user.id.rawValue), "runtime": .string(server.availableRuntimes[0])])
        try await stage.wait(.seconds(10_000_000))
        for action in [created.actionID, userReply.actionID, app.actionID] {
            #expect(try await stage.status(of: action) == "open")
        }
        let known = stage.simulator.change { account, now in account.connect(server.id, address: "192.0.2.7", at: now) }
        #expect(known)
        let connected = try Server(try await stage.call("server", ["id": .string(server.id.rawValue)]).data)
        #expect(connected.lastaddress == "192.0.2.7")
        #expect(connected.lastconn == Timestamp(epochSeconds: 1_760_000_000))
        try await stage.wait(.seconds(25))
        #expect(try await stage.status(of: created.actionID) == "success")
        #expect(try await stage.status(of: userReply.actionID) == "success")
        #expect(try await stage.status(of: app.actionID) == "open")
        try await stage.wait(.seconds(5))
        #expect(try await stage.status(of: app.actionID) == "success")
    }

    @Test("an action can end in error, and the record stays changed")
    func error() async throws {
        let plan = ActionPlan { operation, _, _ in
            ActionPlan.Work(duration: .seconds(5), outcome: operation == "create_sysuser" ? .error : .success)
        }
        let stage = Stage(plan: plan)
        let server = try await stage.connectedServer()
        let reply = try await stage.call("create_sysuser", ["serverid": .string(server), "name": "acme"])
        try await stage.wait(.seconds(4))
        #expect(try await stage.status(of: reply.actionID) == "open")
        try await stage.wait(.seconds(60))
        #expect(try await stage.status(of: reply.actionID) == "error")
        #expect(try await stage.call("sysusers").data.arrayValue?.count == 2)
    }

    @Test("only actions that ended more than a day ago are deleted, once there are too many")
    func forgetting() async throws {
        let stage = Stage(account: Account(settings: AccountSettings(rememberedActions: 20)))
        let server = try await stage.connectedServer()
        func work(_ count: Int) async throws {
            for _ in 0..<count {
                let id = stage.simulator.account.sysusers.keys[0].rawValue
                _ = try await stage.call("update_sysuser", ["id": .string(id), "password": "longenough"])
            }
        }
        let waiting = try await stage.call("create_server", ["name": "never"]).actionID
        try await work(50)
        #expect(stage.simulator.account.actions.count == 52, "none is old")
        try await stage.wait(.seconds(2 * 86400))
        #expect(stage.simulator.account.actions.count == 52)
        try await work(2)
        #expect(stage.simulator.account.actions.count <= 4, "the new ones and the one that waits")
        #expect(try await stage.status(of: waiting) == "open")
        #expect(stage.simulator.account.servers[ServerID(server)] != nil)
    }

    @Test("realistic actions take 4 to 40 seconds", arguments: Operation.all.map(\.name))
    func realistic(name: Operation.Name) async throws {
        let operation = try #require(Operation.named(name))
        guard operation.queues != .never else { return }
        let furnished = try await FurnishedStage(stage: Stage(seed: TestRandom.seed(), plan: .realistic))
        let reply = try await furnished.stage.call(name, try #require(furnished.arguments(of: name)))
        let id = try #require(reply.actionID)
        let action = try #require(furnished.stage.simulator.account.actions[id])
        #expect((Duration.seconds(4)...Duration.seconds(40)).contains(action.duration))
        #expect(action.operation == name)
    }

    @Test(
        "a change of the plan, or no change, queues no action; another setting does",
        arguments: [
            (["plan": "business"], false), (["firewall": true], false),
            (["plan": "economy", "autoupdates": true], false),
            (["firewall": false], true), (["autoupdates": false], true), (["deny_unknown_domains": false], true),
            (["plan": "first_class", "firewall": false], true),
        ] as [(JSONObject, Bool)])
    func updateServer(change: JSONObject, queues: Bool) async throws {
        let stage = Stage()
        let id: JSONObject = ["id": .string(try await stage.connectedServer())]
        let reply = try await stage.call("update_server", id.merging(change) { $1 })
        #expect((reply.actionID != nil) == queues)
        for (name, value) in change { #expect(reply.data[name] == value) }
        // As in the document, the order of members differs between the two.
        let members = { (data: JSONValue) in (data.objectValue ?? [:]).sorted { $0.key < $1.key }.map(\.value) }
        #expect(members(try await stage.call("server", id).data) == members(reply.data))
    }
}
