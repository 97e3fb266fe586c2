import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator

/// A stage with one of everything, so that every operation has something to work on.
struct FurnishedStage: Sendable {
    static let certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    static let privateKey = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"

    let stage: Stage
    let server: String
    let sysuser: String
    let attachedKey: String
    let freeKey: String
    /// An app with domains, for which AutoSSL is available.
    let app: String
    /// An app with AutoSSL.
    let autoApp: String
    /// An app with a custom certificate, not forced.
    let customApp: String
    /// An app without domains, and so without AutoSSL.
    let bareApp: String
    let database: String
    let databaseUser: String
    let action: String

    init(seed: UInt64 = 1, stage: Stage? = nil) async throws {
        let stage = stage ?? Stage(seed: seed)
        self.stage = stage
        server = try await stage.connectedServer("furnished")
        attachedKey = try await stage.id("create_sshkey", ["name": "held", "public_key": "ssh-rsa AAAAheld"])
        freeKey = try await stage.id("create_sshkey", ["name": "free", "public_key": "ssh-ed25519 AAAAfree"])
        sysuser = try await stage.id(
            "create_sysuser",
            ["serverid": .string(server), "name": "acme", "sshkey_id": .string(attachedKey)])
        let owner = sysuser
        func newApp(_ name: String, domains: [JSONValue] = []) async throws -> String {
            try await stage.id(
                "create_app",
                ["name": .string(name), "sysuserid": .string(owner), "runtime": "php8.3", "domains": .array(domains)])
        }
        app = try await newApp("plain", domains: ["plain.example", "www.plain.example"])
        autoApp = try await newApp("auto", domains: ["auto.example"])
        customApp = try await newApp("custom", domains: ["custom.example"])
        bareApp = try await newApp("bare")
        let made = try await stage.call(
            "create_db",
            ["appid": .string(app), "name": "plaindb", "user": ["name": "plain", "password": "longenough"]])
        database = made.data["id"]?.stringValue ?? ""
        databaseUser = made.data["user"]?["id"]?.stringValue ?? ""
        action = made.actionID?.rawValue ?? ""
        try await stage.wait(.seconds(3600))
        _ = try await stage.call("enable_autossl", ["id": .string(autoApp)])
        _ = try await stage.call(
            "add_ssl",
            [
                "id": .string(customApp), "key": .string(Self.privateKey), "cert": .string(Self.certificate),
                "cacerts": .null,
            ])
    }

    /// Arguments with which the operation succeeds here, for each operation of the table.
    func arguments(of name: Operation.Name) -> JSONObject? {
        let byName: [Operation.Name: JSONObject] = [
            "servers": [:], "sshkeys": [:], "sysusers": [:], "apps": [:], "dbs": [:],
            "create_server": ["name": "www2.example", "plan": "business", "enable_ssh_password_auth": true],
            "server": ["id": .string(server)],
            "update_server": ["id": .string(server), "firewall": false],
            "delete_server": ["id": .string(server)],
            "create_sshkey": ["name": "new key", "public_key": "ssh-rsa AAAAnew joe@example"],
            "sshkey": ["id": .string(attachedKey)],
            "rename_sshkey": ["id": .string(attachedKey), "name": "renamed"],
            "delete_sshkey": ["id": .string(freeKey)],
            "create_sysuser": [
                "serverid": .string(server), "name": "derek", "password": "longenough", "sshkey_id": .string(freeKey),
            ],
            "sysuser": ["id": .string(sysuser)],
            "update_sysuser": ["id": .string(sysuser), "password": "longenough"],
            "delete_sysuser": ["id": .string(sysuser)],
            "sysuser_sshkeys": ["id": .string(sysuser)],
            "add_sysuser_sshkey": ["id": .string(sysuser), "sshkey_id": .string(freeKey)],
            "remove_sysuser_sshkey": ["id": .string(sysuser), "sshkey_id": .string(attachedKey)],
            "create_app": [
                "name": "gallery", "sysuserid": .string(sysuser), "runtime": "php8.4",
                "domains": ["gallery.example", "*.gallery.example"],
                "wordpress": [
                    "site_title": "Gallery", "admin_user": "admin", "admin_password": "longenough",
                    "admin_email": "admin@gallery.example",
                ],
            ],
            "app": ["id": .string(app)],
            "update_app": ["id": .string(app), "runtime": "php8.4", "domains": ["other.example"]],
            "delete_app": ["id": .string(app)],
            "add_ssl": [
                "id": .string(app), "key": .string(Self.privateKey), "cert": .string(Self.certificate),
                "cacerts": .string(Self.certificate),
            ],
            "enable_autossl": ["id": .string(app)],
            "force_ssl": ["id": .string(customApp), "force": true],
            "delete_ssl": ["id": .string(autoApp)],
            "create_db": [
                "appid": .string(app), "name": "second-db", "user": ["name": "arturo", "password": "longenough"],
            ],
            "db": ["id": .string(database)],
            "update_db": [
                "id": .string(database), "user": ["id": .string(databaseUser), "password": "longenough"],
            ],
            "delete_db": ["id": .string(database)],
            "action": ["id": .string(action)],
        ]
        return byName[name]
    }
}
