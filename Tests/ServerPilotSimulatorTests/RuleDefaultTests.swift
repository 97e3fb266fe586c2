import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// How the simulator decides what ServerPilot's document leaves open, and the values on each side of a decision.
@Suite("Defaults of the simulator's rules")
struct RuleDefaultTests {
    /// The rules whose default is not `on`, each with its default.
    private static let defaults = [
        "argument-null": "refused", "domains-object": "refused", "wordpress-empty": "none", "cacerts-empty": "none",
        "cacerts-word-null": "refused", "path-id-in-body": "accepted", "auto-false": "refused",
        "domains-distinct": "merged", "domains-lower-case": "kept", "domains-final-dot": "kept",
        "domain-unique": "off", "length-unit": "characters", "id-shape": "16", "custom-ssl-reply": "document",
        "member-order": "document", "public-key-blob": "off", "ssl-key-whole": "off", "ssl-cert-whole": "off",
        "app-name-documented": "off", "sysuser-name-end": "off", "db-name-begin": "off", "db-name-end": "off",
        "dbuser-name-begin": "off", "dbuser-name-end": "off", "tls-version": "1.2", "credentials-challenge": "basic",
        "credentials-text": "sentence", "request-head": "refused", "request-options": "refused",
        "body-empty": "refused", "body-not-object": "refused", "body-form": "refused", "body-double-member": "last",
    ]

    @Test("each rule that can be changed has the chosen default")
    func standard() {
        for entry in RuleEntry.all {
            guard let toggle = entry.toggle else { continue }
            #expect(toggle.standard.name == Self.defaults[entry.id] ?? "on", "\(entry.id)")
        }
        #expect(Self.defaults.keys.allSatisfy { RuleEntry.named($0)?.toggle != nil })
    }

    /// The status of a call with one value, with the rule on.
    private func status(
        of operation: Operation.Name, _ field: String, _ value: String, under rule: String
    ) async throws -> Int {
        let furnished = try await FurnishedStage()
        try furnished.stage.simulator.change { account, _ in try account.settings.rules.set(rule, to: "on") }
        var arguments = try #require(furnished.arguments(of: operation))
        if field == "user.name" {
            arguments["user"] = ["name": .string(value), "password": "longenough"]
        } else {
            arguments[field] = .string(value)
        }
        return try await furnished.send(operation, arguments).status.code
    }

    @Test(
        "a rule about names rejects only the names that it describes",
        arguments: [
            ("create_sysuser", "name", "sysuser-name-reserved", ["root", "www-data", "mysql"], ["roots", "mysql2"]),
            ("create_db", "name", "db-name-reserved", ["mysql", "sys"], ["root", "mysql2"]),
            ("create_db", "user.name", "dbuser-name-reserved", ["root", "mysql"], ["www-data", "sys"]),
            (
                "create_db", "user.name", "dbuser-name-characters", ["a b", "a.b", "ä", "a;b"],
                ["a_b", "a-b", "A1", "-a", "a_"]
            ),
            ("create_db", "user.name", "dbuser-name-begin", ["-a", "_a"], ["1a", "Aa"]),
            ("create_db", "user.name", "dbuser-name-end", ["a-", "a_"], ["a1", "aA"]),
            ("create_sysuser", "name", "sysuser-name-end", ["abc-"], ["abc1", "abcd"]),
            ("create_db", "name", "db-name-begin", ["-abc"], ["1abc", "aabc"]),
            ("create_db", "name", "db-name-end", ["abc-"], ["abc1", "abcd"]),
            ("create_app", "name", "app-name-begin", ["-abc"], ["1abc", "aabc"]),
            ("create_app", "name", "app-name-end", ["abc-"], ["abc1", "abcd"]),
            ("create_app", "name", "app-name-documented", ["a-bc"], ["a1bc"]),
            ("create_db", "name", "db-name-characters", ["Abc"], ["a-b-1"]),
        ] as [(Operation.Name, String, String, [String], [String])])
    func names(
        _ operation: Operation.Name, _ field: String, _ rule: String, _ refused: [String], _ accepted: [String]
    ) async throws {
        for (names, expected) in [(refused, 400), (accepted, 200)] {
            for name in names {
                let status = try await status(of: operation, field, name, under: rule)
                #expect(status == expected, "\(name)")
            }
        }
    }

    private static let ed25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIAfyw4GH9qYHCQDpeVHxhhjqj7r1NkLyCzfCUQanAw5l"

    @Test(
        "a public key must be base64 of the type in its first word",
        arguments: [
            ("ssh-ed25519 \(ed25519)", true), ("ssh-ed25519 \(ed25519) joe@example", true),
            ("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==", true), ("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC=", true),
            ("ssh-rsa \(ed25519)", false), ("ssh-ed25519 \(ed25519)A", false), ("ssh-ed25519 \(ed25519)A===", false),
            ("ssh-ed25519 \(ed25519)AA=A", false), ("ssh-ed25519 \(ed25519.dropLast())ü", false),
            ("ssh-ed25519 \(ed25519.dropLast())*", false), ("ssh-rsa ...", false), ("ssh-rsa  ", false),
        ])
    func publicKeys(key: String, isAccepted: Bool) async throws {
        let status = try await status(of: "create_sshkey", "public_key", key, under: "public-key-blob")
        #expect(status == (isAccepted ? 200 : 400))
    }

    @Test("if unknown arguments are accepted, a body may contain any id beside that of the path")
    func unknownID() async throws {
        let furnished = try await FurnishedStage()
        try furnished.stage.simulator.change { account, _ in try account.settings.rules.set("argument-known", to: "off")
        }
        for id in [furnished.server, "another", ""] {
            let body: JSONObject = ["id": .string(id), "password": "longenough"]
            let response = try await furnished.send("update_sysuser", body, id: furnished.sysuser)
            #expect(response.status == .ok, "\(id)")
        }
        #expect(furnished.stage.log.all.last?.operation == "update_sysuser")
    }

    @Test("with the rule on, a domain of another app on the server is rejected; an app's own domain is not")
    func heldDomains() async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        try stage.simulator.change { account, _ in try account.settings.rules.set("domain-unique", to: "on") }
        let server = try await stage.connectedServer("elsewhere")
        let user = try await stage.id("create_sysuser", ["serverid": .string(server), "name": "acme"])
        let site: JSONObject = ["name": "site", "runtime": "php8.3", "domains": ["custom.example"]]
        let calls: [(Operation.Name, JSONObject, Int)] = [
            ("create_app", site.merging(["sysuserid": .string(furnished.sysuser)]) { $1 }, 409),
            ("create_app", site.merging(["sysuserid": .string(user)]) { $1 }, 200),
            ("update_app", ["id": .string(furnished.app), "domains": ["CUSTOM.example"]], 409),
            ("update_app", ["id": .string(furnished.customApp), "domains": ["custom.example", "new.example"]], 200),
        ]
        for (operation, arguments, expected) in calls {
            let status = try await furnished.send(operation, arguments).status.code
            #expect(status == expected, "\(operation) \(arguments)")
        }
    }

    @Test("with the rule on, a domain is free as soon as no app on the server has it in any spelling")
    func freedDomains() async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        try stage.simulator.change { account, _ in try account.settings.rules.set("domain-unique", to: "on") }
        func status(_ domains: [JSONValue], of app: String) async throws -> Int {
            try await furnished.send("update_app", ["id": .string(app), "domains": .array(domains)]).status.code
        }
        let (custom, bare) = (furnished.customApp, furnished.bareApp)
        #expect(try await status(["free.example", "Custom.EXAMPLE."], of: bare) == 409)
        #expect(try await status(["custom.example", "CUSTOM.example", "new.example"], of: custom) == 200)
        #expect(try await status(["Custom.example.", "new.example"], of: custom) == 200)
        #expect(try await status(["custom.example"], of: bare) == 409)
        #expect(try await status(["new.example"], of: custom) == 200)
        #expect(try await status(["custom.example"], of: bare) == 200)
        _ = try await stage.call("delete_app", ["id": .string(custom)])
        #expect(try await status(["new.example."], of: bare) == 200)

        // An account that is read again knows its domains.
        let state = try SimulatorState(document: stage.simulator.state.document)
        let again = SimulatedServerPilot(state: state, time: stage.clock, credentials: stage.simulator.credentials)
        let update = try #require(Operation.named("update_app"))
        let error = await #expect(throws: ServerPilotError.self) {
            try await again.transport.call(update, ["id": .string(bare), "domains": ["plain.example"]])
        }
        #expect(error?.code == .conflict)
    }

    @Test("if the account stores domains in lower case, domains that differ only in case are equal")
    func loweredTwice() async throws {
        let furnished = try await FurnishedStage()
        try furnished.stage.simulator.change { account, _ in
            try account.settings.rules.set("domains-lower-case", to: "lowered")
            try account.settings.rules.set("domains-distinct", to: "refused")
        }
        let domains: JSONValue = ["Twice.example", "twice.example"]
        let response = try await furnished.send("update_app", ["id": .string(furnished.app), "domains": domains])
        #expect(response.status == .badRequest)
        #expect(furnished.stage.log.all.last?.ruleID == "domains-distinct")
    }
}
