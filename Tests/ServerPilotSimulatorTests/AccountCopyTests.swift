import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Synchronization
import Testing

@Suite("A copy of a real account", .timeLimit(.minutes(5)))
struct AccountCopyTests {
    /// What was sent, and what happened after some of it.
    private final class Spy: Transport {
        let next: any Transport
        let requests = Mutex<[WireRequest]>([])
        let after: @Sendable (Int) async throws -> Void

        init(_ next: any Transport, after: @escaping @Sendable (Int) async throws -> Void = { _ in }) {
            self.next = next
            self.after = after
        }

        func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
            let number = requests.withLock { requests in
                requests.append(request)
                return requests.count
            }
            let response = try await next.send(request)
            do {
                try await after(number)
            } catch {
                throw ServerPilotError(code: .cancelled, message: "\(error)", delivery: .notSent)
            }
            return response
        }
    }

    /// The lists of an account as a client reads them, by operation.
    private func lists(_ stage: Stage) async throws -> [Operation.Name: JSONValue] {
        var lists: [Operation.Name: JSONValue] = [:]
        for name in ["servers", "sshkeys", "sysusers", "apps", "dbs"] as [Operation.Name] {
            let reply = try await stage.call(name)
            lists[name] = Operation.named(name)?.withoutHidden(reply.data)
        }
        return lists
    }

    @Test("reads each list once with GETs, and then shows the same as the real account, without secrets")
    func faithful() async throws {
        let furnished = try await FurnishedStage()
        let spy = Spy(furnished.stage.simulator.transport)
        let copy = try await AccountCopy.read(from: spy)

        let paths = spy.requests.withLock { $0 }
        #expect(paths.allSatisfy { $0.method == .get && $0.body.isEmpty })
        for list in ["/servers", "/sshkeys", "/sysusers", "/apps", "/dbs"] {
            #expect(paths.count { $0.path == list } == 1, "\(list)")
        }
        // Two keys for their holders, the two apps with domains and without certificate... one of them is bare.
        #expect(paths.count == 5 + 2 + 1)

        var random = SeededRandom(seed: 3)
        let (account, leftOut) = copy.account(at: Stage.beginning, random: &random)
        #expect(leftOut == 0)
        #expect(account.contradictions.isEmpty)
        #expect(account.settings.isCopy)
        let stage = Stage(account: account)
        try await stage.wait(furnished.stage.clock.now - Stage.beginning)
        #expect(try await lists(stage) == lists(furnished.stage))
        for app in [furnished.app, furnished.bareApp, furnished.autoApp] {
            let real = try App(try await furnished.stage.call("app", ["id": .string(app)]).data)
            let copied = try App(try await stage.call("app", ["id": .string(app)]).data)
            #expect(copied.autossl == real.autossl)
        }
        let key: JSONObject = ["id": .string(furnished.attachedKey)]
        let holders = try SSHKey(try await furnished.stage.call("sshkey", key).data).sysusers
        #expect(try SSHKey(try await stage.call("sshkey", key).data).sysusers == holders)
        let document = SimulatorState(account: account, now: Stage.beginning, random: random).document.text()
        #expect(!document.contains(FurnishedStage.privateKey.split(separator: "\n")[1] + "\\n-----END PRIVATE KEY"))
    }

    @Test("a resource that is created during the copy is copied with its owner, or not at all")
    func whileItChanges() async throws {
        for moment in 1...5 {
            let furnished = try await FurnishedStage()
            let stage = furnished.stage
            let spy = Spy(stage.simulator.transport) { number in
                guard number == moment else { return }
                let user = try await stage.id(
                    "create_sysuser", ["serverid": .string(try await stage.connectedServer("late")), "name": "late"])
                let app = try await stage.id(
                    "create_app", ["name": "late", "sysuserid": .string(user), "runtime": "php8.4"])
                _ = try await stage.call(
                    "create_db",
                    ["appid": .string(app), "name": "late", "user": ["name": "l", "password": "longenough"]])
            }
            let copy = try await AccountCopy.read(from: spy)
            var random = SeededRandom(seed: 3)
            let (account, leftOut) = copy.account(at: Stage.beginning, random: &random)
            #expect(account.contradictions.isEmpty, "\(moment)")
            #expect(leftOut == 0, "\(moment)")
        }
    }

    @Test("a resource that is deleted during the copy is omitted with its contents, and counted")
    func whileItShrinks() async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        let spy = Spy(stage.simulator.transport) { number in
            // After databases and apps were listed.
            if number == 2 { _ = try await stage.call("delete_sysuser", ["id": .string(furnished.sysuser)]) }
        }
        let copy = try await AccountCopy.read(from: spy)
        var random = SeededRandom(seed: 3)
        let (account, leftOut) = copy.account(at: Stage.beginning, random: &random)
        #expect(leftOut == 5, "four apps and a database")
        #expect(account.contradictions.isEmpty)
        #expect(account.apps.isEmpty)
    }
}
