import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

/// What a simulation does when a rule that may be wrong is not as its toggle says.
struct SwitchCase: Sendable, CustomTestStringConvertible {
    let rule: String
    /// Looks at a stage on which the rule is switched.
    let check: @Sendable (FurnishedStage) async throws -> Void

    init(_ rule: String, _ check: @escaping @Sendable (FurnishedStage) async throws -> Void) {
        self.rule = rule
        self.check = check
    }

    var testDescription: String { rule }

    static let all = refusals + conduct

    /// Rules of operations: the call that breaks the rule is accepted, or refused with the other status.
    private static let refusals: [SwitchCase] = {
        let broken = RuleCase.all.compactMap { broken -> SwitchCase? in
            guard let rule = Operation.named(broken.operation)?.rules.first(where: { $0.id == broken.rule }),
                let toggle = rule.toggle
            else { return nil }
            return SwitchCase(rule.id) { furnished in
                let response = try await furnished.send(broken.operation, try await broken.arguments(furnished))
                switch toggle.otherwise {
                case .isAccepted: #expect(response.status == .ok, "\(broken.operation)")
                case .isRefused(let status): #expect(response.status.code == status, "\(broken.operation)")
                case .happens: Issue.record("\(rule.id) refuses nothing")
                }
                #expect(furnished.stage.simulator.account.contradictions.isEmpty)
            }
        }
        let values: [(String, Operation.Name, String, JSONValue)] = [
            ("domain-length", "update_app", "domains", [.string(String(repeating: "a", count: 300))]),
            ("domain-characters", "update_app", "domains", ["under_score.example"]),
            ("ssl-key-pem", "add_ssl", "key", "no key"),
            ("ssl-cert-pem", "add_ssl", "cert", "no certificate"),
            ("argument-known", "create_sysuser", "colour", "red"),
        ]
        let accepted = values.map { rule, operation, name, value in
            SwitchCase(rule) { furnished in
                var arguments = furnished.arguments(of: operation) ?? [:]
                arguments[name] = value
                let status = try await furnished.send(operation, arguments).status
                #expect(status == .ok)
            }
        }
        return broken + accepted
    }()

    private static let conduct: [SwitchCase] = [
        SwitchCase("app-name-documented") { furnished in
            var arguments = furnished.arguments(of: "create_app") ?? [:]
            arguments["name"] = "with-dash"
            let dashed = try await furnished.send("create_app", arguments).status
            #expect(dashed == .badRequest)
            arguments["name"] = "withoutdash"
            let plain = try await furnished.send("create_app", arguments).status
            #expect(plain == .ok)
        },
        SwitchCase("argument-some-given") { furnished in
            let reply = try await furnished.send("update_app", ["id": .string(furnished.app)])
            #expect(reply.status == .ok)
        },
        SwitchCase("path-before-arguments") { furnished in
            let response = try await furnished.send("update_sysuser", ["id": "nobody", "password": "short"])
            #expect(response.status == .badRequest)
        },
        SwitchCase("request-method") { furnished in
            let request = WireRequest(method: .put, path: "/servers")
            let status = try await furnished.stage.simulator.transport.send(request).status
            #expect(status == .notFound)
        },
        SwitchCase("request-size") { furnished in
            let body = Array(repeating: UInt8(ascii: " "), count: (1 << 20) + 1)
            let request = WireRequest(method: .post, path: "/servers", body: body)
            let status = try await furnished.stage.simulator.transport.send(request).status
            #expect(status == .badRequest)
        },
        SwitchCase("actions-in-turn") { furnished in
            let stage = furnished.stage
            let first = try await stage.call("update_sysuser", furnished.arguments(of: "update_sysuser") ?? [:])
            let second = try await stage.call("update_sysuser", furnished.arguments(of: "update_sysuser") ?? [:])
            try await stage.wait(.seconds(10))
            let firstStatus = try await stage.status(of: first.actionID)
            #expect(firstStatus == "success")
            let secondStatus = try await stage.status(of: second.actionID)
            #expect(secondStatus == "success", "they ran side by side")
        },
        SwitchCase("unconnected-actions-open") { furnished in
            let stage = furnished.stage
            let made = try await stage.call("create_server", ["name": "alone"])
            try await stage.wait(.seconds(10))
            let status = try await stage.status(of: made.actionID)
            #expect(status == "success")
            #expect(stage.simulator.account.contradictions.isEmpty)
        },
        SwitchCase("actions-leave-with-server") { furnished in
            let stage = furnished.stage
            _ = try await stage.call("delete_server", ["id": .string(furnished.server)])
            let status = try await stage.status(of: ActionID(furnished.action))
            #expect(status == "success")
            #expect(stage.simulator.account.contradictions.isEmpty)
        },
        SwitchCase("server-cascade") { furnished in
            let response = try await furnished.send("delete_server", ["id": .string(furnished.server)])
            #expect(response.status == .conflict)
            let empty = try await furnished.stage.id("create_server", ["name": "empty"])
            let emptyStatus = try await furnished.send("delete_server", ["id": .string(empty)]).status
            #expect(emptyStatus == .ok)
        },
        SwitchCase("plan-without-action") { furnished in
            let changed = try await furnished.stage.call(
                "update_server", ["id": .string(furnished.server), "plan": "business"])
            #expect(changed.actionID != nil)
        },
        SwitchCase("wordpress-not-echoed") { furnished in
            let made = try await furnished.stage.call("create_app", furnished.arguments(of: "create_app") ?? [:])
            #expect(made.data["wordpress"]?["site_title"] == "Gallery")
            #expect(made.data["wordpress"]?["admin_password"] == nil)
        },
        SwitchCase("autossl-no-wildcards") { furnished in
            let stage = furnished.stage
            _ = try await stage.call("update_app", ["id": .string(furnished.bareApp), "domains": ["*.w.example"]])
            try await stage.wait(.seconds(3600))
            let app = try App(try await stage.call("app", ["id": .string(furnished.bareApp)]).data)
            #expect(app.autossl?.domains == ["*.w.example"])
        },
        SwitchCase("known-members-only") { furnished in
            let apps = try await furnished.stage.call("apps").data.arrayValue ?? []
            #expect(!apps.isEmpty && apps.allSatisfy { $0["x_unknown"] != nil })
            let user = try await furnished.stage.call(
                "create_sysuser", furnished.arguments(of: "create_sysuser") ?? [:])
            #expect(user.data["x_unknown"] != nil)
        },
    ]
}

extension FurnishedStage {
    /// Sends what the client's own checks would not.
    fileprivate func send(_ name: Operation.Name, _ arguments: JSONObject) async throws -> WireResponse {
        let operation = try #require(Operation.named(name))
        var body = arguments
        var ids: [String: String] = [:]
        for parameter in operation.pathParameters {
            ids[parameter.name] = body.removeValue(forKey: parameter.name)?.stringValue
        }
        for (name, value) in operation.fixedBody { body[name] = value }
        let path = try #require(operation.path.path(ids))
        let bytes = operation.method == .post ? JSONValue.object(body).bytes : []
        return try await stage.simulator.transport.send(
            WireRequest(method: operation.method, path: path, body: bytes))
    }
}

@Suite("Rules that can be switched")
struct RuleSwitchTests {
    @Test(
        "a rule that is switched is not kept, and what happens then is what its toggle says", arguments: SwitchCase.all)
    func switched(_ example: SwitchCase) async throws {
        let entry = try #require(RuleEntry.named(example.rule))
        let toggle = try #require(entry.toggle)
        let furnished = try await FurnishedStage()
        try furnished.stage.simulator.change { account, _ in
            try account.settings.rules.set(example.rule, on: !toggle.isOnByDefault)
        }
        try await example.check(furnished)
    }

    @Test("every rule that can be switched is switched by one of the cases")
    func coverage() {
        // No request of a client in process has such a header; `malformed.py` sends one over a socket.
        let elsewhere: Set = ["request-header-size"]
        let switchable = Set(RuleEntry.all.filter { $0.toggle != nil }.map(\.id))
        #expect(Set(SwitchCase.all.map(\.rule)).union(elsewhere) == switchable)
    }

    @Test("every rule that is only inferred can be switched, and has a name of its own")
    func entries() {
        for entry in RuleEntry.all where entry.evidence == .inferred {
            #expect(entry.toggle != nil, "\(entry.id)")
        }
        let ids = RuleEntry.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        // A rule whose name stands in two kinds would be listed once and hide the other.
        let behaviours = Set(Behaviour.all.map(\.id))
        let rules = Set(Operation.all.flatMap(\.rules).map(\.id))
        #expect(behaviours.isDisjoint(with: rules))
        for id in rules {
            let different = Set(Operation.all.flatMap(\.rules).filter { $0.id == id }.map(\.sentence))
            #expect(different.count == 1, "\(id)")
        }
    }

    @Test("a rule that is documented cannot be switched, nor one that is not there")
    func refusals() {
        var rules = RuleChoices()
        #expect(throws: RuleChoiceError.self) { try rules.set("sysuser-cascade", on: false) }
        #expect(throws: RuleChoiceError.self) { try rules.set("nothing", on: false) }
        #expect(rules == RuleChoices())
    }

    @Test("what was chosen is stored with the account")
    func stored() async throws {
        var account = Account()
        try account.settings.rules.set("app-name-unique", on: false)
        try account.settings.rules.set("app-name-documented", on: true)
        let stage = Stage(account: account)
        let read = try SimulatorState(document: try JSONValue(bytes: stage.simulator.state.document.bytes))
        #expect(read.account.settings == account.settings)
        #expect(read.account.settings.rules.departures == ["app-name-unique", "app-name-documented"])
    }
}
