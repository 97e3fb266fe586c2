import Groundwork
import OrderedCollections
import ServerPilot
import Testing

@Suite("Models")
struct ModelTests {
    static let ssl: JSONValue = ["key": "KEY", "cert": "CERT", "cacerts": .null, "auto": true, "force": false]
    static let server: JSONValue = [
        "id": "FqHWrrcUfRI18F0l", "name": "www1", "plan": "economy", "autoupdates": true, "firewall": false,
        "deny_unknown_domains": true, "available_runtimes": ["php7.4", "php8.4"], "lastaddress": .null,
        "lastconn": .null,
        "datecreated": 1_403_130_551, "apikey": "APIKEY",
    ]
    static let sysuser: JSONValue = ["id": "PdmHhsb3fnaZ2r5f", "name": "derek", "serverid": "FqHWrrcUfRI18F0l"]
    static let sshkey: JSONValue = [
        "id": "aUAG0Z3p0F3xmc6R", "name": "joe's key", "sha256_fingerprint": "SHA256:x", "public_key": "ssh-rsa AAAA",
        "datecreated": 1_403_139_066, "sysusers": [sysuser],
    ]
    static let app: JSONValue = [
        "id": "c77JD4gZooGjrF8K", "name": "blog", "sysuserid": "PdmHhsb3fnaZ2r5f", "serverid": "FqHWrrcUfRI18F0l",
        "runtime": "php8.4", "domains": ["b.example", "a.example"], "ssl": ssl, "datecreated": 1_403_139_066,
        "autossl": ["available": true, "domains": ["a.example"]],
    ]
    static let database: JSONValue = [
        "id": "hdXkAZchuj27Hm1L", "name": "wordpress", "appid": "c77JD4gZooGjrF8K", "serverid": "FqHWrrcUfRI18F0l",
        "user": ["id": "vt08Qz9kjOC3RVLr", "name": "robert"],
    ]
    static let action: JSONValue = [
        "id": "g3kiiYzxPgAjbwcY", "serverid": "FqHWrrcUfRI18F0l", "status": "success", "datecreated": 1_403_138_066,
    ]

    /// Each model with a reply that has all its members.
    static let all: [(any Model.Type, JSONValue)] = [
        (Server.self, server), (SSHKey.self, sshkey), (Sysuser.self, sysuser), (App.self, app), (SSL.self, ssl),
        (Database.self, database), (Action.self, action),
    ]

    @Test("the values of a reply are decoded")
    func values() throws {
        let server = try Server(Self.server)
        #expect(server.id == "FqHWrrcUfRI18F0l")
        #expect(!server.firewall && server.autoupdates && server.denyUnknownDomains)
        #expect(server.availableRuntimes == ["php7.4", "php8.4"])
        #expect(server.lastaddress == nil && server.lastconn == nil)
        #expect(server.apikey?.reveal() == "APIKEY")
        #expect(server.datecreated.epochSeconds == 1_403_130_551)
        let app = try App(Self.app)
        #expect(app.domains == ["b.example", "a.example"])
        #expect(app.ssl?.key?.reveal() == "KEY")
        #expect(app.ssl?.auto == true && app.ssl?.force == false && app.ssl?.cacerts == nil)
        #expect(app.autossl?.isAvailable == true && app.autossl?.domains == ["a.example"])
        #expect(try SSHKey(Self.sshkey).sysusers?.map(\.name) == ["derek"])
        #expect(try Database(Self.database).user.name == "robert")
        #expect(try Action(Self.action).status == .success)
    }

    @Test("an unknown status of an action is kept")
    func newStatus() throws {
        var members = try #require(Self.action.objectValue)
        members["status"] = "paused"
        #expect(try Action(.object(members)).status.rawValue == "paused")
    }

    @Test("unknown members are kept", arguments: all.indices)
    func unknown(index: Int) throws {
        let (type, reply) = Self.all[index]
        var members = try #require(reply.objectValue)
        members["added_later"] = ["a": [1, .null]]
        #expect(try unknownFields(type, .object(members)) == ["added_later": ["a": [1, .null]]])
        #expect(try unknownFields(type, reply) == [:])
    }

    private func unknownFields<Value: Model>(_ type: Value.Type, _ value: JSONValue) throws -> JSONObject {
        let mirror = Mirror(reflecting: try type.init(value))
        return try #require(mirror.children.first { $0.label == "unknownFields" }?.value as? JSONObject)
    }

    @Test("the members of a model are those of its shape", arguments: all.indices)
    func shape(index: Int) throws {
        let (type, reply) = Self.all[index]
        try compare(type, reply)
    }

    private func compare<Value: Model>(_ type: Value.Type, _ reply: JSONValue) throws {
        let mirror = Mirror(reflecting: try type.init(reply))
        let labels = mirror.children.compactMap(\.label).filter { $0 != "unknownFields" }
        #expect(Set(labels.map(Self.wireName)) == Set(type.shape.fields.map(\.name)))
        #expect(Set(reply.objectValue?.keys ?? []) == Set(type.shape.fields.map(\.name)), "the test's own reply")
    }

    /// `denyUnknownDomains` as the API writes it.
    private static func wireName(_ label: String) -> String {
        label.reduce(into: "") { name, character in
            name += character.isUppercase ? "_" + character.lowercased() : String(character)
        }
    }

    @Test(
        "a required member that is missing or mistyped is an error that names it",
        arguments: all.indices)
    func missing(index: Int) throws {
        let (type, reply) = Self.all[index]
        for field in type.shape.fields {
            var members = try #require(reply.objectValue)
            members[field.name] = [[5.5]]
            let wrong = #expect(throws: ServerPilotError.self) { try type.init(.object(members)) }
            #expect(wrong?.code == .unreadableReply)
            #expect(wrong?.delivery == .ambiguous)
            members[field.name] = nil
            let isOptional = !field.isRequired || field.isNullable || ["apikey", "sysusers"].contains(field.name)
            if isOptional {
                _ = try type.init(.object(members))
            } else {
                let missing = #expect(throws: ServerPilotError.self) { try type.init(.object(members)) }
                #expect(missing?.message.contains("'\(field.name)'") == true)
            }
        }
        #expect(throws: ServerPilotError.self) { try type.init([]) }
    }

    @Test("no description of a server or a certificate contains its key")
    func secrets() throws {
        var text = ""
        dump(try Server(Self.server), to: &text)
        dump(try App(Self.app), to: &text)
        text += "\(try App(Self.app)) \(try Server(Self.server))"
        #expect(!text.contains("KEY"))
    }
}
