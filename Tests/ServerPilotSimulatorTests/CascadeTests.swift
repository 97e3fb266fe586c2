import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

@Suite("Deletions with dependents")
struct CascadeTests {
    /// How many things of each kind the account has.
    private func counts(_ account: Account) -> [Int] {
        [account.servers.count, account.sysusers.count, account.apps.count, account.databases.count]
    }

    /// A second server with a user, an app and a database, none of which may go.
    private func addBystanders(to stage: Stage) async throws {
        let server = try await stage.connectedServer("bystander")
        let user = try await stage.id("create_sysuser", ["serverid": .string(server), "name": "acme"])
        let app = try await stage.id(
            "create_app", ["name": "plain", "sysuserid": .string(user), "runtime": "php8.3"])
        _ = try await stage.call(
            "create_db",
            ["appid": .string(app), "name": "plaindb", "user": ["name": "plain", "password": "longenough"]])
    }

    @Test("deleting a server deletes its users, apps, databases and actions, and nothing of other servers")
    func server() async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        try await addBystanders(to: stage)
        #expect(counts(stage.simulator.account) == [2, 4, 5, 2])
        let reply = try await stage.call("delete_server", ["id": .string(furnished.server)])
        #expect(reply == Reply(data: [:]))
        #expect(counts(stage.simulator.account) == [1, 2, 1, 1])
        #expect(stage.simulator.account.contradictions.isEmpty)
        #expect(stage.simulator.account.sshkeys.count == 2, "keys belong to the account")
        let error = await #expect(throws: ServerPilotError.self) {
            try await stage.call("action", ["id": .string(furnished.action)])
        }
        #expect(error?.code == .notFound)
    }

    @Test("deleting a system user deletes its apps and databases and releases its keys")
    func sysuser() async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        try await addBystanders(to: stage)
        let reply = try await stage.call("delete_sysuser", ["id": .string(furnished.sysuser)])
        #expect(reply.data == [:])
        #expect(reply.actionID != nil)
        #expect(counts(stage.simulator.account) == [2, 3, 1, 1])
        #expect(stage.simulator.account.contradictions.isEmpty)
        _ = try await stage.call("delete_sshkey", ["id": .string(furnished.attachedKey)])
    }

    @Test("deleting an app deletes only its databases")
    func app() async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        try await addBystanders(to: stage)
        _ = try await stage.call("delete_app", ["id": .string(furnished.app)])
        #expect(counts(stage.simulator.account) == [2, 4, 4, 1])
        #expect(stage.simulator.account.contradictions.isEmpty)
    }

    @Test(
        "a deleted resource is gone at once, and a second deletion finds nothing",
        arguments: [
            ("server", "delete_server"), ("sshkey", "delete_sshkey"), ("sysuser", "delete_sysuser"),
            ("app", "delete_app"), ("db", "delete_db"),
        ] as [(Operation.Name, Operation.Name)])
    func gone(get: Operation.Name, delete: Operation.Name) async throws {
        let furnished = try await FurnishedStage()
        let arguments = try #require(furnished.arguments(of: delete))
        _ = try await furnished.stage.call(get, arguments)
        _ = try await furnished.stage.call(delete, arguments)
        for name in [get, delete] {
            let error = await #expect(throws: ServerPilotError.self) {
                try await furnished.stage.call(name, arguments)
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test(
        "the name of a dependent that was deleted is free again",
        arguments: ["delete_app", "delete_sysuser", "delete_server"])
    func freeNames(_ name: String) async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        let ids = ["delete_app": furnished.app, "delete_sysuser": furnished.sysuser, "delete_server": furnished.server]
        _ = try await stage.call(Operation.Name(rawValue: name), ["id": .string(try #require(ids[name]))])
        var server = furnished.server
        var user = furnished.sysuser
        if name == "delete_server" { server = try await stage.connectedServer("furnished") }
        if name != "delete_app" {
            user = try await stage.id("create_sysuser", ["serverid": .string(server), "name": "acme"])
        }
        let app = try await stage.id(
            "create_app", ["name": "plain", "sysuserid": .string(user), "runtime": "php8.3"])
        _ = try await stage.call(
            "create_db",
            ["appid": .string(app), "name": "plaindb", "user": ["name": "plain", "password": "longenough"]])
        #expect(stage.simulator.account.contradictions.isEmpty)
        // The key that the user held is free, and can go.
        if name != "delete_app" { _ = try await stage.call("delete_sshkey", ["id": .string(furnished.attachedKey)]) }
    }
}
