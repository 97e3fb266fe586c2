import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Rules of the account")
struct RuleTests {
    @Test(
        "a call that breaks a rule is rejected with the rule's status and message, and changes nothing",
        arguments: RuleCase.attempts)
    func refusal(of broken: RuleCase, way: Way) async throws {
        let furnished = try await way.furnished()
        let stage = furnished.stage
        let operation = try #require(Operation.named(broken.operation))
        let rule = try #require(operation.rules.first { $0.id == broken.rule })
        let request = try operation.request(try await broken.arguments(furnished))
        let before = stage.simulator.state

        try await way.reach(stage) { transport in
            let response = try await Authorized(transport: transport, stage: stage).send(request)

            #expect(response.status.code == rule.status)
            #expect(try JSONValue(bytes: response.body) == ["error": ["message": .string(rule.sentence)]])
        }
        let record = try #require(stage.log.all.last)
        #expect(record.ruleID == rule.id)
        #expect(record.evidence == rule.evidence)
        #expect(record.operation == operation.name)
        #expect(stage.simulator.state == before)
    }

    @Test("the cases break every rule of every operation", arguments: Operation.all.map(\.name))
    func coverage(of name: Operation.Name) throws {
        let operation = try #require(Operation.named(name))
        let tested = Set(RuleCase.all.filter { $0.operation == operation.name }.map(\.rule))
        // A rule that holds only when it is switched on is broken in `RuleSwitchTests`.
        #expect(tested == Set(operation.rules.filter { $0.toggle?.isOnByDefault ?? true }.map(\.id)))
    }

    @Test("a resource at the maximum of a limit is accepted")
    func lastOne() async throws {
        let furnished = try await FurnishedStage()
        for number in 2...100 {
            let key = try await furnished.stage.id(
                "create_sshkey", ["name": "key", "public_key": .string("ssh-rsa AAAA\(number)")])
            _ = try await furnished.stage.call(
                "add_sysuser_sshkey", ["id": .string(furnished.sysuser), "sshkey_id": .string(key)])
        }
        let keys = try await furnished.stage.call("sysuser_sshkeys", ["id": .string(furnished.sysuser)])
        #expect(keys.data.arrayValue?.count == 100)
    }

    @Test("a name that is taken on one server is free on another")
    func namesPerServer() async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        let server = try await stage.connectedServer("elsewhere")
        let user = try await stage.id("create_sysuser", ["serverid": .string(server), "name": "acme"])
        let app = try await stage.id(
            "create_app", ["sysuserid": .string(user), "name": "plain", "runtime": "php8.3"])
        _ = try await stage.call(
            "create_db",
            ["appid": .string(app), "name": "plaindb", "user": ["name": "plain", "password": "longenough"]])
        #expect(stage.simulator.account.contradictions.isEmpty)
    }
}
