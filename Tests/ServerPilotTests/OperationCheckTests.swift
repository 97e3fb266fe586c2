import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import SprunTesting
import Testing

@Suite("Checking arguments")
struct OperationCheckTests {
    private func problems(_ name: Operation.Name, _ arguments: JSONObject) throws -> [String] {
        try #require(Operation.named(name)).problems(in: arguments).map(\.message)
    }

    @Test("all problems are reported at once, in the order of the parameters, with unknown names last")
    func allAtOnce() throws {
        let found = try problems(
            "create_sysuser", ["nmae": "x", "name": "A", "password": " short", "sshkey_id": 5])
        #expect(
            found == [
                "'serverid' is missing", "'name' must have 3 to 32 characters",
                "'name' must contain only lower-case letters, digits and dashes",
                "'name' must begin with a lower-case letter", "'password' must have 8 to 200 characters",
                "'password' must not begin or end with white space",
                "'sshkey_id' must be the id of an SSH key, not an integer", "unknown argument 'nmae'",
            ])
    }

    @Test("members of objects and elements of lists are named by their path")
    func places() throws {
        #expect(
            try problems(
                "create_db", ["appid": "a", "name": "abc", "user": ["name": "12345678901234567", "passwort": "x"]])
                == [
                    "'user.name' must have 1 to 16 characters", "'user.password' is missing",
                    "unknown argument 'user.passwort'",
                ])
        #expect(
            try problems("update_app", ["id": "a", "domains": ["fine.example", 5, .null]]) == [
                "'domains[2]' must be a string, not an integer", "'domains[3]' must be a string, not null",
            ])
    }

    @Test("an unknown argument is reported with the known names")
    func unknown() throws {
        let operation = try #require(Operation.named("rename_sshkey"))
        let found = operation.problems(in: ["id": "a", "name": "b", "nam": "c"])
        #expect(found.map(\.kind) == [.unknown(known: ["id", "name"])])
    }

    @Test("an update without changes is a problem, an update with an empty list is not")
    func nothing() throws {
        #expect(try problems("update_app", ["id": "a"]) == ["nothing to change: pass at least one of runtime, domains"])
        #expect(try problems("update_app", ["id": "a", "domains": []]).isEmpty)
        #expect(try problems("update_server", ["id": "a", "firewall": false]).isEmpty)
    }

    @Test("an id that would change the meaning of a path is rejected before the request")
    func ids() throws {
        let operation = try #require(Operation.named("server"))
        for id in ["", "a/b", "a.b", "..", String(repeating: "a", count: 65)] {
            #expect(operation.problems(in: ["id": .string(id)]).map(\.argument) == ["id"], "\(id)")
            #expect(operation.problems(in: ["id": .string(id)], by: .api { _ in true }).isEmpty, "\(id)")
        }
    }

    @Test("values that the API may ignore are sent: null for an optional argument, and wordpress = {}")
    func forms() throws {
        let name: Operation.Name = "create_app"
        let app: JSONObject = ["name": "acme", "sysuserid": "a", "runtime": "php8.4"]
        for more in [["domains": .null], ["wordpress": .null], ["wordpress": [:]]] as [JSONObject] {
            #expect(try problems(name, app.merging(more) { $1 }).isEmpty, "\(more)")
        }
        #expect(try problems(name, ["name": .null, "sysuserid": "a", "runtime": "php8.4"]).count == 1)
        let user: JSONObject = ["appid": "a", "name": "abc", "user": [:]]
        #expect(try problems("create_db", user) == ["'user.name' is missing", "'user.password' is missing"])
    }

    @Test("omitted cacerts is sent as null, since the API requires it")
    func cacerts() throws {
        let operation = try #require(Operation.named("add_ssl"))
        let key = "-----BEGIN PRIVATE KEY-----AA-----END PRIVATE KEY-----"
        let cert = "-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----"
        let request = try operation.request(["id": "a", "key": .string(key), "cert": .string(cert)])
        #expect(
            try JSONValue(bytes: request.body) == ["key": .string(key), "cert": .string(cert), "cacerts": .null])
    }

    @Test("lengths are counted in the configured unit")
    func units() {
        let rule = Constraint("x", .length(3...4), .documented)
        let cases: [(String, LengthUnit, Bool)] = [
            ("😀", .characters, false), ("😀", .bytes, true), ("😀", .utf16, false), ("😀", .unknown, true),
            ("😀😀", .utf16, true), ("😀😀", .bytes, false), ("😀😀", .unknown, true), ("ab", .unknown, false),
            ("abcde", .unknown, false), ("😀😀😀😀", .unknown, true),
        ]
        for (text, unit, isKept) in cases {
            #expect(rule.isKept(by: .string(text), counting: unit) == isKept, "\(text) in \(unit)")
        }
    }

    @Test("null is a value only where it is allowed, and an optional argument may be omitted")
    func null() throws {
        let certificate: JSONObject = [
            "id": "a", "key": "-----BEGIN PRIVATE KEY-----AA-----END PRIVATE KEY-----",
            "cert": "-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----", "cacerts": .null,
        ]
        #expect(try problems("add_ssl", certificate).isEmpty)
        #expect(try problems("force_ssl", ["id": "a", "force": .null]) == ["'force' must be a boolean, not null"])
        #expect(try problems("create_server", ["name": "www1"]).isEmpty)
    }

    @Test("an inferred rule is checked only on request")
    func evidence() throws {
        let operation = try #require(Operation.named("update_app"))
        let arguments: JSONObject = ["id": "a", "domains": ["under_score.example"]]
        #expect(operation.problems(in: arguments).isEmpty)
        let strict = operation.problems(in: arguments, by: .api { _ in true })
        #expect(strict.map(\.argument) == ["domains[1]"])
    }

    @Test(
        "names that ServerPilot accepts have no problem, names that it rejects have one",
        arguments: [
            ("create_app", "name", "abc", true), ("create_app", "name", "a-b-1", true),
            ("create_app", "name", "ab", false),
            ("create_app", "name", "a.b", false), ("create_app", "name", "Abc", false),
            ("create_app", "name", String(repeating: "a", count: 30), true),
            ("create_app", "name", String(repeating: "a", count: 31), false),
            ("create_server", "name", "w", true), ("create_server", "name", "www1.example.com", true),
            ("create_server", "name", "1www", false), ("create_server", "name", "www-", false),
            ("create_server", "name", "", false), ("create_server", "plan", "economy", true),
            ("create_server", "plan", "cheap", false), ("create_sshkey", "name", "joe's key ä", true),
            ("create_sshkey", "name", "<key>", false), ("create_sshkey", "name", "a\tb", false),
            ("create_sshkey", "public_key", "ssh-ed25519 AAAA", true),
            ("create_sshkey", "public_key", "ssh-dss AAAA", false),
            ("create_sysuser", "name", "derek-2", true), ("create_sysuser", "name", "2derek", false),
            ("create_sysuser", "password", "12345678", true), ("create_sysuser", "password", "1234567", false),
            ("create_sysuser", "password", "äöüäöüäö", true), ("create_sysuser", "password", "1234567 ", false),
            ("create_sysuser", "password", String(repeating: "a", count: 200), true),
            ("create_sysuser", "password", String(repeating: "a", count: 201), false),
            ("create_db", "name", "a-1", true), ("create_db", "name", "a_1", false),
            // Documented are lower-case letters; scripts in the field make names with capitals.
            ("create_db", "name", "wp-0yDJ83cT", true),
            // Two characters, but eight bytes: the API may count either.
            ("create_sysuser", "password", "😀😀", true), ("create_sysuser", "password", "😀", false),
            // The API may know more of these than the project does.
            ("create_sysuser", "name", "root", true), ("create_app", "name", "-abc-", true),
            ("create_sshkey", "public_key", "ssh-rsa ...", true),
        ])
    func values(name: Operation.Name, field: String, value: String, isFine: Bool) throws {
        let operation = try #require(Operation.named(name))
        let found = operation.problems(in: [field: .string(value)]).filter { $0.argument == field }
        #expect(found.isEmpty == isFine)
    }

    @Test("no problem quotes a value")
    func silence() throws {
        for value in ["hunter2 ", 5, .null, ["hunter2"], ["hunter2": "hunter2"]] as [JSONValue] {
            for problem in try problems("update_sysuser", ["id": "a", "password": value]) {
                #expect(!problem.contains("hunter2"))
            }
        }
    }

    @Test("a call with problems is not sent, and its error lists all of them")
    func notSent() async throws {
        let transport = ScriptedTransport { _, _ in .status(200, body: "") }
        let operation = try #require(Operation.named("create_app"))
        let error = await #expect(throws: ServerPilotError.self) {
            try await transport.call(operation, ["name": "x", "colour": "red"])
        }
        #expect(error?.code == .invalidArguments)
        #expect(error?.delivery == .notSent)
        #expect(error?.problems.count == 4)
        #expect(error?.operation == "create_app")
        #expect(transport.requests.isEmpty)
    }

    @Test("rules about characters check Unicode scalars: a combining character does not change a space")
    func combiningMarks() throws {
        let mark = "\u{301}"
        #expect(try problems("create_sshkey", ["name": "k", "public_key": .string("ssh-rsa \(mark)AAAA")]).isEmpty)
        #expect(!(try problems("update_sysuser", ["id": "a", "password": .string(" \(mark)longenough")])).isEmpty)
        let certificate = "-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----"
        let rule = Constraint("x", .pem(.certificates), .documented)
        #expect(rule.isKept(by: .string("\(mark)\(certificate)\(mark)")))
        let whole = Constraint("y", .wholePEM, .documented)
        #expect(whole.isKept(by: .string("\(mark)\(certificate)\(mark)")))
        #expect(!whole.isKept(by: .string(String(certificate.dropLast()))))
    }
}
