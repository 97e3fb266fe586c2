import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// A call whose arguments are right but for one value.
struct ArgumentCase: Sendable, CustomTestStringConvertible {
    let operation: Operation.Name
    let field: String
    let value: JSONValue?
    let message: String
    let ruleID: String

    var testDescription: String { "\(operation): \(field) (\(message))" }

    /// For every member of every body: each of its rules broken, another type, and left out where it is required.
    static let all: [ArgumentCase] = Operation.all.flatMap { operation in
        cases(operation, operation.bodyParameters, prefix: "")
    }

    private static func cases(_ operation: Operation, _ fields: [Field], prefix: String) -> [ArgumentCase] {
        fields.flatMap { field -> [ArgumentCase] in
            let path = prefix + field.name
            func make(_ value: JSONValue?, _ message: String, _ ruleID: String) -> ArgumentCase {
                ArgumentCase(operation: operation.name, field: path, value: value, message: message, ruleID: ruleID)
            }
            var found = field.constraints.compactMap { constraint -> ArgumentCase? in
                // One that does not hold by default is broken by a case of its own (`RuleSwitchTests`).
                guard constraint.toggle?.isOnByDefault ?? true, let value = violation(of: constraint)
                else { return nil }
                return make(value, message(path, constraint, value), constraint.id)
            }
            found.append(make(wrong(field.type), "Invalid argument: \(path)", "argument-type"))
            if case .enumeration = field.type {
                found.append(make("x", "Invalid argument: \(path)", "argument-listed"))
            }
            if field.isRequired, !field.isNullable, operation.bodyParameters.count > 1 || !prefix.isEmpty {
                found.append(make(nil, "'\(path)' is missing.", "argument-given"))
            }
            if field.isRequired, field.isNullable { found.append(make(nil, "'\(path)' is missing.", "cacerts-given")) }
            if !field.isNullable {
                let rule = field.isRequired ? "argument-type" : "argument-null"
                found.append(make(.null, "Invalid argument: \(path)", rule))
            }
            switch field.type {
            case .object(let members): found += cases(operation, members, prefix: path + ".")
            case .array(_, let constraints):
                found += constraints.compactMap { constraint in
                    guard let value = violation(of: constraint) else { return nil }
                    return make(["fine.example", value], message(path, constraint, value), constraint.id)
                }
                // Of a list the field alone is named (seen live: `Invalid argument: <field>`).
                found.append(make(["fine.example", 5], "Invalid argument: \(path)", "argument-type"))
                found.append(make(["fine.example", .null], "Invalid argument: \(path)", "argument-type"))
            default: break
            }
            return found
        }
    }

    private static func message(_ path: String, _ constraint: Constraint, _ value: JSONValue) -> String {
        if path.hasSuffix("password"), let text = value.stringValue, text.count < 8 {
            return "Password must be at least 8 characters."
        }
        return "'\(path)' must \(constraint.demand)."
    }

    /// A value of the right type that breaks this rule and none that stands before it.
    private static func violation(of constraint: Constraint) -> JSONValue? {
        switch constraint.kind {
        case .length(let range): .string(String(repeating: "a", count: range.upperBound + 1))
        case .characters: constraint.id == "db-name-characters" ? "aAaa" : "aa<aa"
        case .firstCharacter: constraint.id == "app-name-begin" ? "-aaa" : "1aaa"
        case .lastCharacter: "aaa-"
        case .noOuterWhiteSpace: "longenough "
        case .firstWord: "ssh-dss AAAA"
        case .pem: "nothing of the kind"
        case .wholePEM: .string("-----BEGIN \(constraint.id == "ssl-key-whole" ? "PRIVATE KEY" : "CERTIFICATE")-----")
        case .count(let most): .array((0...most).map { .string("d\($0).example") })
        case .equals(let wanted): .bool(!wanted)
        case .noneOf(let words): .string(words[0])
        case .domainLabels: "-a.example"
        case .publicKey: "ssh-rsa ..."
        }
    }

    private static func wrong(_ type: FieldType) -> JSONValue {
        switch type {
        case .string, .identifier, .enumeration: 5
        case .boolean: "true"
        case .integer, .timestamp: "5"
        case .array: ["a": 1]
        case .object: []
        }
    }

    /// The right arguments with the value in its place.
    func arguments(from right: JSONObject) -> JSONObject {
        let parts = field.split(separator: ".").map(String.init)
        var result = right
        if parts.count == 2, var members = result[parts[0]]?.objectValue {
            members[parts[1]] = value
            result[parts[0]] = .object(members)
        } else {
            result[field] = value
        }
        return result
    }
}

@Suite("Arguments")
struct ArgumentTests {
    /// Sends what the client's own checks would not.
    private func send(
        _ name: Operation.Name, _ arguments: JSONObject, to stage: Stage
    ) async throws -> WireResponse {
        let operation = try #require(Operation.named(name))
        var body = arguments
        var ids: [String: String] = [:]
        for parameter in operation.pathParameters {
            ids[parameter.name] = body.removeValue(forKey: parameter.name)?.stringValue
        }
        let path = try #require(operation.path.path(ids))
        return try await stage.simulator.transport.send(
            WireRequest(method: operation.method, path: path, body: JSONValue.object(body).bytes))
    }

    @Test("an invalid, mistyped or missing argument is rejected by name", arguments: ArgumentCase.all)
    func refusal(of wrong: ArgumentCase) async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        let right = try #require(furnished.arguments(of: wrong.operation))
        let before = stage.simulator.state
        let response = try await send(wrong.operation, wrong.arguments(from: right), to: stage)
        #expect(response.status == .badRequest)
        #expect(try JSONValue(bytes: response.body) == ["error": ["message": .string(wrong.message)]])
        #expect(stage.log.all.last?.ruleID == wrong.ruleID)
        #expect(stage.simulator.state == before)
    }

    @Test("a password of 7 characters is rejected with ServerPilot's own message, for every kind of password")
    func shortPassword() async throws {
        let furnished = try await FurnishedStage()
        let calls: [(Operation.Name, JSONObject)] = [
            ("update_sysuser", ["id": .string(furnished.sysuser), "password": "2 short"]),
            (
                "create_db",
                ["appid": .string(furnished.app), "name": "other", "user": ["name": "other", "password": "2 short"]]
            ),
        ]
        for (name, arguments) in calls {
            let response = try await send(name, arguments, to: furnished.stage)
            #expect(response.status == .badRequest)
            #expect(
                try JSONValue(bytes: response.body)
                    == ["error": ["message": "Password must be at least 8 characters."]])
        }
    }

    @Test("an unknown argument is rejected, and so is an id that differs from the path")
    func unknown() async throws {
        let furnished = try await FurnishedStage()
        let calls: [(String, JSONObject, String)] = [
            ("/sysusers", ["serverid": .string(furnished.server), "name": "derek", "shell": "sh"], "shell"),
            ("/sysusers/\(furnished.sysuser)", ["id": "another", "password": "longenough"], "id"),
        ]
        for (path, body, name) in calls {
            let response = try await furnished.stage.simulator.transport.send(
                WireRequest(method: .post, path: path, body: JSONValue.object(body).bytes))
            #expect(response.status == .badRequest)
            #expect(
                try JSONValue(bytes: response.body) == ["error": ["message": .string("Invalid argument: \(name)")]])
            #expect(furnished.stage.log.all.last?.ruleID == (name == "id" ? "path-id-in-body" : "argument-known"))
        }
    }

    @Test(
        "an id with an impossible form is looked up and not found", arguments: ["www1.example", "a b", "ü", "..", "*"])
    func oddID(id: String) async throws {
        let stage = Stage()
        let response = try await stage.simulator.transport.send(WireRequest(method: .get, path: "/servers/\(id)"))
        #expect(response.status == .notFound)
        #expect(stage.log.all.last?.ruleID == "server-exists")
        #expect(RuleEntry.all.allSatisfy { $0.id != "id-characters" }, "no rule says that it is refused")
    }

    @Test("an update without changes is rejected", arguments: ["update_server", "update_app"])
    func nothingGiven(name: Operation.Name) async throws {
        let furnished = try await FurnishedStage()
        let id = try #require(furnished.arguments(of: name)?["id"])
        let response = try await send(name, ["id": id], to: furnished.stage)
        #expect(response.status == .badRequest)
        #expect(furnished.stage.log.all.last?.ruleID == "argument-some-given")
    }

    @Test("the resource in the path is looked up before the arguments are checked")
    func pathFirst() async throws {
        let stage = Stage()
        let response = try await send("update_sysuser", ["id": "nobody", "password": 5], to: stage)
        #expect(response.status == .notFound)
    }
}
