import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

/// A call that breaks one rule of the account and no other.
struct RuleCase: Sendable, CustomTestStringConvertible {
    let operation: Operation.Name
    let rule: String
    /// Brings the stage to where the call is refused, and gives the call's arguments.
    let arguments: @Sendable (FurnishedStage) async throws -> JSONObject

    init(
        _ operation: Operation.Name, _ rule: String,
        _ arguments: @escaping @Sendable (FurnishedStage) async throws -> JSONObject
    ) {
        self.operation = operation
        self.rule = rule
        self.arguments = arguments
    }

    var testDescription: String { "\(operation): \(rule)" }
}

extension RuleCase {
    /// Every case by every way; those of limits in process alone, since a thousand things take a while to make and
    /// are counted in one place.
    static let attempts: [(RuleCase, Way)] = all.flatMap { broken in
        broken.rule.hasSuffix("-limit") ? [(broken, .inProcess)] : Way.allCases.map { (broken, $0) }
    }

    static let all = existence + references + uniqueness + limits + users + ssl

    /// For each operation that looks for a thing in its path: there is none of that id.
    private static let existence: [RuleCase] = Operation.all.flatMap { operation in
        operation.rules.filter { $0.check == .pathExists }.map { rule in
            RuleCase(operation.name, rule.id) { furnished in
                var arguments = furnished.arguments(of: operation.name) ?? [:]
                arguments["id"] = "nothinghasthisid"
                return arguments
            }
        }
    }

    /// For each operation that names other things: each of those names in turn leads nowhere.
    private static let references: [RuleCase] = [
        "create_sysuser": ["serverid", "sshkey_id"], "create_app": ["sysuserid"], "create_db": ["appid"],
        "add_sysuser_sshkey": ["sshkey_id"],
    ].flatMap { (operation: Operation.Name, names: [String]) in
        names.map { name in
            RuleCase(operation, "references-exist") { furnished in
                var arguments = furnished.arguments(of: operation) ?? [:]
                arguments[name] = "nothinghasthisid"
                return arguments
            }
        }
    }

    /// For each create: the same call a second time, under another name where the name is not the key.
    private static let uniqueness: [RuleCase] = [
        RuleCase("create_server", "server-name-unique") { try await $0.repeated("create_server") },
        RuleCase("create_sshkey", "sshkey-unique") { furnished in
            var arguments = try await furnished.repeated("create_sshkey")
            arguments["name"] = "another name"
            return arguments
        },
        RuleCase("create_sysuser", "sysuser-name-unique") { try await $0.repeated("create_sysuser") },
        RuleCase("create_sysuser", "sysuser-name-unique") { furnished in
            ["serverid": .string(furnished.server), "name": "serverpilot"]
        },
        RuleCase("create_app", "app-name-unique") { furnished in
            var arguments = try await furnished.repeated("create_app")
            let other: JSONObject = ["serverid": .string(furnished.server), "name": "other"]
            arguments["sysuserid"] = .string(try await furnished.stage.id("create_sysuser", other))
            return arguments
        },
        RuleCase("create_db", "db-name-unique") { furnished in
            var arguments = try await furnished.repeated("create_db")
            arguments["user"] = ["name": "another", "password": "longenough"]
            arguments["appid"] = .string(furnished.bareApp)
            return arguments
        },
        RuleCase("create_db", "dbuser-name-unique") { furnished in
            var arguments = try await furnished.repeated("create_db")
            arguments["name"] = "another"
            arguments["appid"] = .string(furnished.bareApp)
            return arguments
        },
    ]

    /// For each limit: as many things as it allows, and one more.
    private static let limits: [RuleCase] = [
        RuleCase("create_sshkey", "sshkey-limit") { furnished in
            try await furnished.fill(upTo: 1000, of: "sshkeys") { number in
                ("create_sshkey", ["name": "key", "public_key": .string("ssh-rsa AAAA\(number)")])
            }
        },
        RuleCase("create_sysuser", "sysuser-limit") { furnished in
            try await furnished.fill(upTo: 1000, of: "sysusers") { number in
                ("create_sysuser", ["serverid": .string(furnished.server), "name": .string("user\(number)")])
            }
        },
        RuleCase("create_app", "app-limit") { furnished in
            try await furnished.fill(upTo: 1000, of: "apps") { number in
                (
                    "create_app",
                    ["sysuserid": .string(furnished.sysuser), "name": .string("app\(number)"), "runtime": "php8.4"]
                )
            }
        },
        RuleCase("create_db", "db-limit") { furnished in
            try await furnished.fill(upTo: 1000, of: "dbs") { number in
                (
                    "create_db",
                    [
                        "appid": .string(furnished.app), "name": .string("db\(number)"),
                        "user": ["name": .string("user\(number)"), "password": "longenough"],
                    ]
                )
            }
        },
        RuleCase("add_sysuser_sshkey", "sysuser-sshkey-limit") { furnished in
            // One key is held from the beginning.
            for number in 2...100 {
                let key = try await furnished.stage.id(
                    "create_sshkey", ["name": "key", "public_key": .string("ssh-rsa AAAA\(number)")])
                _ = try await furnished.stage.call(
                    "add_sysuser_sshkey", ["id": .string(furnished.sysuser), "sshkey_id": .string(key)])
            }
            return ["id": .string(furnished.sysuser), "sshkey_id": .string(furnished.freeKey)]
        },
    ]

    private static let users: [RuleCase] = [
        RuleCase("delete_sysuser", "serverpilot-user-protected") { furnished in
            let user = furnished.stage.simulator.account.sysusers.values.first { $0.name == "serverpilot" }
            return ["id": .string(user?.id.rawValue ?? "")]
        },
        RuleCase("delete_sshkey", "sshkey-not-in-use") { ["id": .string($0.attachedKey)] },
        RuleCase("add_sysuser_sshkey", "sshkey-not-attached") { furnished in
            ["id": .string(furnished.sysuser), "sshkey_id": .string(furnished.attachedKey)]
        },
        RuleCase("remove_sysuser_sshkey", "sshkey-attached") { furnished in
            ["id": .string(furnished.sysuser), "sshkey_id": .string(furnished.freeKey)]
        },
        RuleCase("create_app", "runtime-offered") { furnished in
            ["sysuserid": .string(furnished.sysuser), "name": "gallery", "runtime": "php8.9"]
        },
        RuleCase("update_app", "runtime-offered") { ["id": .string($0.app), "runtime": "php5.2"] },
        RuleCase("update_db", "dbuser-of-db") { furnished in
            ["id": .string(furnished.database), "user": ["id": "nothinghasthisid", "password": "longenough"]]
        },
    ]

    private static let ssl: [RuleCase] = [
        RuleCase("add_ssl", "custom-ssl-without-autossl") { furnished in
            var arguments = furnished.arguments(of: "add_ssl") ?? [:]
            arguments["id"] = .string(furnished.autoApp)
            return arguments
        },
        RuleCase("add_ssl", "custom-ssl-changes") { furnished in
            var arguments = furnished.arguments(of: "add_ssl") ?? [:]
            _ = try await furnished.stage.call("add_ssl", arguments)
            return arguments
        },
        RuleCase("enable_autossl", "autossl-available") { ["id": .string($0.bareApp)] },
        RuleCase("enable_autossl", "autossl-available") { ["id": .string($0.autoApp)] },
        RuleCase("enable_autossl", "autossl-available") { ["id": .string($0.customApp)] },
        RuleCase("force_ssl", "ssl-present") { ["id": .string($0.app), "force": true] },
        RuleCase("force_ssl", "force-false-needs-ssl") { ["id": .string($0.app), "force": false] },
        RuleCase("force_ssl", "force-ssl-changes") { ["id": .string($0.customApp), "force": false] },
        RuleCase("delete_ssl", "ssl-present") { ["id": .string($0.app)] },
    ]
}

extension FurnishedStage {
    /// Makes the call once and gives its arguments.
    fileprivate func repeated(_ name: Operation.Name) async throws -> JSONObject {
        let arguments = arguments(of: name) ?? [:]
        _ = try await stage.call(name, arguments)
        return arguments
    }

    /// Creates things until there are so many, and gives the arguments for one more.
    fileprivate func fill(
        upTo most: Int, of listing: Operation.Name, _ make: (Int) -> (Operation.Name, JSONObject)
    ) async throws -> JSONObject {
        let present = try await stage.call(listing).data.arrayValue ?? []
        // The lists hold things of other scopes too; of those that count here, make() says the scope.
        let scope = make(0).1.first { ["serverid", "sysuserid", "appid"].contains($0.key) }
        let counted = present.count { thing in scope.map { thing[$0.key] == $0.value } ?? true }
        for number in counted..<most {
            let (name, arguments) = make(number)
            _ = try await stage.call(name, arguments)
        }
        return make(most).1
    }
}
