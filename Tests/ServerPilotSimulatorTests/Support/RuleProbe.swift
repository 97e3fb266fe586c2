import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

/// Finds out from outside which setting of a rule is in force.
struct RuleProbe: Sendable {
    let rule: String
    /// The name of the setting that explains what was seen; `nil` where none does.
    let look: @Sendable (FurnishedStage) async throws -> String?

    init(_ rule: String, _ look: @escaping @Sendable (FurnishedStage) async throws -> String?) {
        self.rule = rule
        self.look = look
    }

    static let all = ofRules + ofValues + ofRequests + ofArguments + ofConduct + ofReplies

    /// Rules of operations: the call that breaks the rule.
    private static let ofRules: [RuleProbe] = RuleCase.all.compactMap { broken in
        guard let entry = RuleEntry.named(broken.rule), entry.toggle != nil else { return nil }
        return RuleProbe(broken.rule) { furnished in
            let response = try await furnished.send(broken.operation, try await broken.arguments(furnished))
            #expect(furnished.stage.simulator.account.contradictions.isEmpty)
            return entry.setting(explaining: response.status)
        }
    }

    /// Rules that one value breaks, alone of all rules.
    private static let ofValues: [RuleProbe] = {
        let values: [(String, Operation.Name, String, JSONValue)] = [
            ("domain-length", "update_app", "domains", [.string(String(repeating: "a", count: 300))]),
            ("domain-characters", "update_app", "domains", ["under_score.example"]),
            ("domain-labels", "update_app", "domains", ["a..example"]),
            ("ssl-key-pem", "add_ssl", "key", "no key"), ("ssl-cert-pem", "add_ssl", "cert", "no certificate"),
            ("ssl-key-whole", "add_ssl", "key", "-----BEGIN PRIVATE KEY-----"),
            ("ssl-cert-whole", "add_ssl", "cert", "-----BEGIN CERTIFICATE-----"),
            ("app-name-begin", "create_app", "name", "-gallery"), ("app-name-end", "create_app", "name", "gallery-"),
            ("app-name-documented", "create_app", "name", "with-dash"),
            ("sysuser-name-end", "create_sysuser", "name", "derek-"),
            ("sysuser-name-reserved", "create_sysuser", "name", "www-data"),
            ("db-name-characters", "create_db", "name", "wp-0yDJ83cT"), ("db-name-begin", "create_db", "name", "-db"),
            ("db-name-end", "create_db", "name", "db-"), ("db-name-reserved", "create_db", "name", "mysql"),
            ("dbuser-name-characters", "create_db", "user.name", "bücher x"),
            ("dbuser-name-begin", "create_db", "user.name", "-wp"),
            ("dbuser-name-end", "create_db", "user.name", "wp_"),
            ("dbuser-name-reserved", "create_db", "user.name", "root"),
            ("public-key-blob", "create_sshkey", "public_key", "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIGxx joe@example"),
            ("argument-known", "create_sysuser", "colour", "red"),
            ("argument-listed", "create_server", "plan", "cheap"), ("argument-null", "create_app", "domains", .null),
            ("argument-null", "create_app", "wordpress", .null), ("argument-null", "create_sysuser", "password", .null),
            ("wordpress-empty", "create_app", "wordpress", [:]), ("cacerts-empty", "add_ssl", "cacerts", ""),
            ("cacerts-word-null", "add_ssl", "cacerts", "null"),
            ("domains-object", "update_app", "domains", ["0": "a.example", "2": "b.example"]),
            ("domains-distinct", "update_app", "domains", ["a.example", "a.example"]),
            ("domain-unique", "update_app", "domains", ["Custom.example."]),
        ]
        return values.map { rule, operation, field, value in
            RuleProbe(rule) { furnished in
                var body = furnished.arguments(of: operation) ?? [:]
                let id = body.removeValue(forKey: "id")
                let path = field.split(separator: ".").map(String.init)
                if path.count == 2, var members = body[path[0]]?.objectValue {
                    members[path[1]] = value
                    body[path[0]] = .object(members)
                } else {
                    body[field] = value
                }
                let response = try await furnished.send(operation, body, id: id?.stringValue)
                return RuleEntry.named(rule)?.setting(explaining: response.status)
            }
        }
    }()
}

extension RuleEntry {
    /// The name of the setting under which a call that the rule is about is answered with that status.
    func setting(explaining found: HTTPResponse.Status) -> String? {
        toggle?.settings.first { setting in
            switch setting.outcome {
            case .holds: found.code == status ?? 200
            case .isRefused(let status): found.code == status
            case .isAccepted, .happens: found == .ok
            }
        }?.name
    }
}

extension FurnishedStage {
    /// Sends what the client's own checks would not.
    func send(_ name: Operation.Name, _ arguments: JSONObject) async throws -> WireResponse {
        let operation = try #require(Operation.named(name))
        var body = arguments
        var ids: [String: String] = [:]
        for parameter in operation.pathParameters {
            ids[parameter.name] = body.removeValue(forKey: parameter.name)?.stringValue
        }
        return try await send(operation, body, ids)
    }

    /// Sends a body that may hold anything, to the path with that id.
    func send(_ name: Operation.Name, _ body: JSONObject, id: String?) async throws -> WireResponse {
        let operation = try #require(Operation.named(name))
        return try await send(operation, body, id.map { ["id": $0] } ?? [:])
    }

    private func send(
        _ operation: ServerPilot.Operation, _ body: JSONObject, _ ids: [String: String]
    ) async throws -> WireResponse {
        let path = try #require(operation.path.path(ids))
        let whole = operation.fixedBody.merging(body) { $1 }
        return try await send(operation.method, path, operation.method == .post ? JSONValue.object(whole).text() : "")
    }

    /// Sends a text with the right credentials.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", headers: HTTPFields = [:]
    ) async throws -> WireResponse {
        try await stage.simulator.transport.send(
            WireRequest(method: method, path: path, headers: headers, body: Array(body.utf8)))
    }
}
