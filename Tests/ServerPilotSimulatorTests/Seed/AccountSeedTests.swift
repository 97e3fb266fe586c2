import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

@Suite("A seed account")
struct AccountSeedTests {
    private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx joe@example"

    private static func account(_ value: JSONValue) throws -> Account {
        var random = SeededRandom(seed: 1)
        return try AccountSeed(value).account(at: Stage.beginning, random: &random)
    }

    @Test("contains every named resource in its parent")
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

    @Test("without content is an empty account")
    func empty() throws { #expect(try Self.account([:]) == Account()) }

    @Test(
        "reports all wrong names, types and values with their paths",
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

    @Test("an unknown name is reported with the known names")
    func known() {
        let error = #expect(throws: AccountSeedError.self) {
            try AccountSeed(["servers": [["name": "www1", "sysuser": []]]])
        }
        #expect(error?.problems.first?.wrong == "sysuser")
        #expect(error?.problems.first?.known.contains("sysusers") == true)
        #expect(error?.problems.first?.known.contains("lastaddress") == true)
    }

    @Test(
        "a rejection by an operation is reported with its path",
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

    @Test("has the given ids, runtimes, certificates and last report")
    func details() throws {
        let reported = Stage.beginning.epochSeconds - 86400
        let account = try Self.account([
            "sshkeys": [["id": "key1", "name": "joe", "public_key": .string(Self.key)]],
            "servers": [
                [
                    "id": "server1", "name": "www1", "available_runtimes": ["php7.4", "php8.0"],
                    "lastconn": .integer(reported), "lastaddress": .null,
                    "sysusers": [
                        ["id": "own1", "name": "serverpilot"],
                        [
                            "id": "user1", "name": "acme", "sshkeys": ["joe"],
                            "apps": [
                                [
                                    "id": "app1", "name": "one", "ssl": ["auto": true, "force": true],
                                    "dbs": [["id": "db1", "name": "one-wp", "user": ["id": "dbuser1", "name": "wp"]]],
                                ],
                                [
                                    "name": "two",
                                    "ssl": [
                                        "key": .string(FurnishedStage.privateKey),
                                        "cert": .string(FurnishedStage.certificate), "cacerts": .null,
                                    ],
                                ],
                            ],
                        ],
                    ],
                ], ["name": "www2"],
            ],
        ])
        #expect(account.contradictions.isEmpty)
        #expect(account.sshkeys.keys.first == "key1")
        let server = try #require(account.servers["server1"])
        #expect(server.runtimes == ["php7.4", "php8.0"])
        #expect(server.connected == Timestamp(epochSeconds: reported))
        #expect(account.sysusers["own1"]?.name == "serverpilot" && account.sysusers["user1"]?.sshkeys == ["key1"])
        let one = try #require(account.apps["app1"])
        #expect(one.runtime == "php8.0", "the newest of its server")
        #expect(one.ssl?.auto == true && one.ssl?.force == true)
        #expect(one.ssl?.key.reveal().hasPrefix("-----BEGIN PRIVATE KEY-----") == true)
        #expect(account.databases["db1"]?.user.id == "dbuser1")
        let two = try #require(account.apps.values.first { $0.name == "two" })
        #expect(two.ssl?.cert == FurnishedStage.certificate && two.ssl?.auto == false && two.ssl?.cacerts == nil)
        #expect(two.id.rawValue.utf8.count == 16, "generated")
    }

    @Test("a server with an old last report stays silent, and another server reports every minute")
    func reports() async throws {
        let old = Stage.beginning.epochSeconds - 86400
        let stage = Stage(
            account: try Self.account(["servers": [["name": "www1", "lastconn": .integer(old)], ["name": "www2"]]]))
        func lastconns() async throws -> [Int64?] {
            try await stage.call("servers").data.arrayValue?.map { $0["lastconn"]?.integerValue } ?? []
        }
        let now = Stage.beginning.epochSeconds
        #expect(try await lastconns() == [old, now])
        try await stage.wait(.seconds(59))
        #expect(try await lastconns() == [old, now])
        try await stage.wait(.seconds(61))
        #expect(try await lastconns() == [old, now + 120])
    }

    @Test(
        "invalid ids, runtimes, certificates and times are reported with their paths",
        arguments: [
            (["servers": [["name": "w", "id": "a/b"]]], "servers[1].id"),
            (["servers": [["name": "v", "id": "a"], ["name": "w", "id": "a"]]], "servers[2].id"),
            (
                ["servers": [["name": "w", "id": "a", "sysusers": [["name": "acme", "id": "a"]]]]],
                "servers[1].sysusers[1].id"
            ),
            (["servers": [["name": "w", "available_runtimes": []]]], "servers[1].available_runtimes"),
            (["servers": [["name": "w", "available_runtimes": [5]]]], "servers[1].available_runtimes[1]"),
            (["servers": [["name": "w", "lastconn": "now"]]], "servers[1].lastconn"),
            (["servers": [["name": "w", "lastconn": 9_000_000_000]]], "servers[1].lastconn"),
            (["servers": [["name": "w", "lastconn": 5, "connected": false]]], "servers[1].lastconn"),
            (app(["ssl": [:]]), "servers[1].sysusers[1].apps[1].ssl"),
            (app(["ssl": ["auto": false, "force": true]]), "servers[1].sysusers[1].apps[1].ssl"),
            (app(["ssl": ["auto": "true"]]), "servers[1].sysusers[1].apps[1].ssl.auto"),
            (app(["ssl": ["key": "no key", "cert": "x"]]), "servers[1].sysusers[1].apps[1].ssl.key"),
            (app(["ssl": ["key": .string(FurnishedStage.privateKey)]]), "servers[1].sysusers[1].apps[1].ssl"),
        ] as [(JSONValue, String)])
    func impossible(_ value: JSONValue, _ path: String) {
        let error = #expect(throws: AccountSeedError.self) { try Self.account(value) }
        #expect(error?.problems.first?.path == path, "\(error?.description ?? "")")
    }

    /// An account of one app with these members.
    private static func app(_ members: JSONObject) -> JSONValue {
        let app = JSONValue.object(members.merging(["name": "one"]) { $1 })
        return ["servers": [["name": "w", "sysusers": [["name": "acme", "apps": [app]]]]]]
    }
}
