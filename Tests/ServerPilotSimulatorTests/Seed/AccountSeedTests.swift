import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

@Suite("An account to begin with")
struct AccountSeedTests {
    private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx joe@example"

    private static func account(_ value: JSONValue) throws -> Account {
        var random = SeededRandom(seed: 1)
        return try AccountSeed(value).account(at: Stage.beginning, random: &random)
    }

    @Test("everything that it names is there, on the thing that it is in")
    func nested() throws {
        let account = try Self.account([
            "sshkeys": [["name": "joe", "public_key": .string(Self.key)]],
            "servers": [
                [
                    "name": "www1", "plan": "business", "firewall": false,
                    "sysusers": [
                        [
                            "name": "acme", "sshkeys": ["joe"], "password": "longenough",
                            "apps": [
                                [
                                    "name": "acmesite", "runtime": "php7.4", "domains": ["acme.example"],
                                    "dbs": [["name": "acme-wp", "user": ["name": "wp"]], ["name": "acme-shop"]],
                                ], ["name": "second"],
                            ],
                        ],
                        ["name": "serverpilot", "apps": [["name": "own"]]],
                    ],
                ], ["name": "www2", "connected": false],
            ],
        ])
        #expect(account.contradictions.isEmpty)
        #expect(account.servers.values.map(\.name) == ["www1", "www2"])
        #expect(account.servers.values.map { $0.connected != nil } == [true, false])
        #expect(account.servers.values.map(\.plan) == ["business", "economy"])
        #expect(account.servers.values.map(\.firewall) == [false, true])
        #expect(account.sysusers.values.map(\.name).sorted() == ["acme", "serverpilot", "serverpilot"])
        let acme = try #require(account.sysusers.values.first { $0.name == "acme" })
        #expect(acme.sshkeys.map { account.sshkeys[$0]?.name } == ["joe"])
        #expect(account.apps.values.map(\.name) == ["acmesite", "second", "own"])
        #expect(account.apps.values.map(\.runtime) == ["php7.4", "php8.4", "php8.4"])
        #expect(account.apps.values.first?.domains.keys == ["acme.example"])
        #expect(account.apps.values.first?.sysuserID == acme.id)
        #expect(account.databases.values.map(\.name) == ["acme-wp", "acme-shop"])
        #expect(account.databases.values.map(\.user.name) == ["wp", "acme-shop"])
        #expect(account.actions.isEmpty)
    }

    @Test("an empty one is an empty account")
    func empty() throws { #expect(try Self.account([:]) == Account()) }

    @Test(
        "wrong names, types and values are told with their paths, all at once",
        arguments: [
            (["server": []], ["server"]), (["servers": [:]], ["servers"]), (["servers": [5]], ["servers[1]"]),
            (["servers": [[:]]], ["servers[1].name"]), (["servers": [["name": "-x"], ["name": 5]]], nil),
            (
                ["servers": [["name": "www1", "sysusers": [["nmae": "acme"], ["name": "Acme"]]]]],
                [
                    "servers[1].sysusers[1].name", "servers[1].sysusers[1].nmae", "servers[1].sysusers[2].name",
                    "servers[1].sysusers[2].name",
                ]
            ), (["servers": [["name": "www1", "serverid": "x"]]], ["servers[1].serverid"]), ([], [""]),
        ] as [(JSONValue, [String]?)])
    func problems(_ value: JSONValue, _ paths: [String]?) throws {
        let error = #expect(throws: AccountSeedError.self) { try AccountSeed(value) }
        if let paths { #expect(error?.problems.map(\.path) == paths, "\(error?.description ?? "")") }
    }

    @Test("an unknown name comes with those that are known")
    func known() {
        let error = #expect(throws: AccountSeedError.self) {
            try AccountSeed(["servers": [["name": "www1", "sysuser": []]]])
        }
        #expect(error?.problems.first?.wrong == "sysuser")
        #expect(error?.problems.first?.known.contains("sysusers") == true)
        #expect(error?.problems.first?.known.contains("lastaddress") == true)
    }

    @Test(
        "what the operations refuse is told with its path",
        arguments: [
            (["servers": [["name": "www1"], ["name": "www1"]]], "servers[2]"),
            (
                ["servers": [["name": "w", "sysusers": [["name": "acme"], ["name": "acme"]]]]],
                "servers[1].sysusers[2]"
            ),
            (
                [
                    "servers": [
                        ["name": "w", "sysusers": [["name": "acme", "apps": [["name": "one", "runtime": "php1"]]]]]
                    ]
                ],
                "servers[1].sysusers[1].apps[1]"
            ),
            (
                ["servers": [["name": "w", "sysusers": [["name": "acme", "sshkeys": ["nobody"]]]]]],
                "servers[1].sysusers[1].sshkeys[1]"
            ),
        ] as [(JSONValue, String)])
    func refused(_ value: JSONValue, _ path: String) {
        let error = #expect(throws: AccountSeedError.self) { try Self.account(value) }
        #expect(error?.problems.map(\.path) == [path], "\(error?.description ?? "")")
    }
}
