import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

@Suite("Records")
struct RecordTests {
    @Test("a new server shows its apikey once, and has its defaults and its serverpilot user at once")
    func newServer() async throws {
        let stage = Stage()
        let reply = try await stage.call("create_server", ["name": "www1"])
        let server = try Server(reply.data)
        let key = try #require(server.apikey?.reveal())
        #expect(key.utf8.count == 43)
        #expect(server.plan == "economy")
        #expect(server.availableRuntimes.last == "php8.4")
        let id: JSONObject = ["id": .string(server.id.rawValue)]
        for data in [
            try await stage.call("server", id).data, try await stage.call("servers").data,
            try await stage.call("update_server", id.merging(["plan": "business"]) { $1 }).data,
            stage.simulator.state.document,
        ] { #expect(!data.text().contains("apikey") && !data.text().contains(key)) }
        let users = try await stage.call("sysusers").data.arrayValue ?? []
        #expect(users.map { $0["name"] } == ["serverpilot"])
        #expect(users.map { $0["serverid"] } == [.string(server.id.rawValue)])
    }

    @Test("the order of domains depends only on the names, and no domain appears twice")
    func domains() async throws {
        let furnished = try await FurnishedStage()
        let id: JSONObject = ["id": .string(furnished.app)]
        let names = (1...6).map { "d\($0).example" }
        func order(of domains: [String]) async throws -> [String] {
            let value = JSONValue.array(domains.map { .string($0) })
            let reply = try await furnished.stage.call("update_app", id.merging(["domains": value]) { $1 })
            return try App(reply.data).domains
        }
        let forward = try await order(of: names)
        #expect(forward.sorted() == names)
        #expect(forward != names)
        #expect(try await order(of: names.reversed() + ["d1.example"]) == forward)
        #expect(try await order(of: []) == [])
    }

    @Test("an update of the runtime keeps the domains, and an update of the domains keeps the runtime")
    func partialUpdate() async throws {
        let furnished = try await FurnishedStage()
        let id: JSONObject = ["id": .string(furnished.app)]
        let before = try App(try await furnished.stage.call("app", id).data)
        let runtime = try await furnished.stage.call("update_app", id.merging(["runtime": "php8.4"]) { $1 })
        #expect(try App(runtime.data).domains == before.domains)
        let domains = try await furnished.stage.call("update_app", id.merging(["domains": ["x.example"]]) { $1 })
        #expect(try App(domains.data).runtime == "php8.4")
        #expect(try App(domains.data).domains == ["x.example"])
    }

    @Test("the fingerprint equals that of ssh-keygen")
    func fingerprint() async throws {
        let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfyw4GH9qYHCQDpeVHxhhjqj7r1NkLyCzfCUQanAw5l joe@example"
        let reply = try await Stage().call("create_sshkey", ["name": "joe's key", "public_key": .string(key)])
        #expect(reply.data["sha256_fingerprint"] == "SHA256:+HX0ogIogGOpGMAfTjKgCY0V13fDLKSn3B0knU/ZqXg")
        #expect(reply.data["public_key"] == .string(key))
        #expect(reply.actionID == nil)
    }

    @Test("the reply about an SSH key lists its users with their creation times")
    func holders() async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        let key: JSONObject = ["id": .string(furnished.freeKey)]
        #expect(try await stage.call("sshkey", key).data["sysusers"] == [])
        _ = try await stage.call(
            "add_sysuser_sshkey", ["id": .string(furnished.sysuser), "sshkey_id": .string(furnished.freeKey)])
        #expect(
            try await stage.call("sshkey", key).data["sysusers"] == [
                [
                    "id": .string(furnished.sysuser), "name": "acme", "serverid": .string(furnished.server),
                    "datecreated": 1_750_000_000,
                ]
            ])
        let held = try await stage.call("sysuser_sshkeys", ["id": .string(furnished.sysuser)]).data.arrayValue
        #expect(held?.map { $0["id"] } == [.string(furnished.attachedKey), .string(furnished.freeKey)])
        _ = try await stage.call(
            "remove_sysuser_sshkey", ["id": .string(furnished.sysuser), "sshkey_id": .string(furnished.freeKey)])
        #expect(try await stage.call("sshkey", key).data["sysusers"] == [])
    }

    @Test("no reply and no stored state contains a password")
    func passwords() async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        var replies: [JSONValue] = []
        for name in ["create_sysuser", "update_sysuser", "create_app", "create_db", "update_db"] as [Operation.Name] {
            replies.append(try await stage.call(name, try #require(furnished.arguments(of: name))).data)
        }
        for name in ["sysusers", "apps", "dbs"] as [Operation.Name] { replies.append(try await stage.call(name).data) }
        for value in replies + [stage.simulator.state.document] {
            #expect(!value.text().contains("longenough"))
        }
    }

    @Test("ids have 16 letters and digits and depend on the seed")
    func ids() async throws {
        let first = try await FurnishedStage(seed: 5)
        let again = try await FurnishedStage(seed: 5)
        let other = try await FurnishedStage(seed: 6)
        #expect(first.stage.simulator.state == again.stage.simulator.state)
        #expect(first.server != other.server)
        for id in [first.server, first.app, first.database, first.databaseUser, first.action] {
            #expect(id.utf8.count == 16)
            #expect(id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
        }
    }
}
