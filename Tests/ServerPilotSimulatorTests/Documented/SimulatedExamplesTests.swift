import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// The simulator held against the examples of ServerPilot's own document.
///
/// The account has the things of the examples, with their ids, as the replies of the document describe them.
@Suite(
    "The documented examples at the simulator",
    .enabled(if: DocumentedExample.file != nil, "SPRUN_API_EXAMPLES does not name the file of examples"))
struct SimulatedExamplesTests {
    /// The examples that break a rule of the document themselves, and which; all others are accepted.
    private static let broken = [
        "Create a System User": "password-length",
        "Change the Password of a System User": "password-length",
        "Update a System User": "password-length",
        "Create a Database": "password-length",
        "Update the Database User Password": "password-length",
        // Its path has the id of a system user.
        "Rename an SSH Key": "sshkey-exists",
    ]

    @Test("every documented request is accepted, or rejected by the rule that it breaks")
    func requests() async throws {
        let examples = try DocumentedExample.all()
        #expect(Set(Self.broken.keys).isSubset(of: examples.map(\.title)))
        var accepted = 0
        for example in examples {
            for (index, request) in example.allRequests.enumerated() {
                let scene = try await ExampleScene(example, examples)
                let response = try await scene.send(request)
                if let rule = Self.broken[example.title] {
                    #expect(scene.stage.log.all.last?.ruleID == rule, "\(example.title)")
                    #expect((400..<500).contains(response.status.code), "\(example.title)")
                    let message = try JSONValue(bytes: response.body)["error"]?["message"]?.stringValue
                    #expect(message?.isEmpty == false, "\(example.title)")
                    continue
                }
                accepted += 1
                #expect(response.status == .ok, "\(example.title): \(String(decoding: response.body, as: UTF8.self))")
                let reply = try JSONValue(bytes: response.body)
                let documented = example.replies[min(index, example.replies.count - 1)]
                expectSameShape(reply, documented, at: example.title)
            }
        }
        #expect(accepted > 25)
    }

    @Test("a corrected example is accepted, and its reply has the documented form")
    func mended() async throws {
        let examples = try DocumentedExample.all()
        for example in examples where Self.broken[example.title] != nil {
            for var request in example.allRequests {
                request.path = request.path.replacing("/sshkeys/RvnwAIfuENyjUVnl", with: "/sshkeys/aUAG0Z3p0F3xmc6R")
                request.body = request.body.map(Self.lengthened)
                let response = try await ExampleScene(example, examples).send(request)
                #expect(response.status == .ok, "\(example.title): \(String(decoding: response.body, as: UTF8.self))")
                let reply = try JSONValue(bytes: response.body)
                expectSameShape(reply, try #require(example.replies.first), at: example.title)
            }
        }
    }

    private static func lengthened(_ body: JSONValue) -> JSONValue {
        guard case .object(var members) = body else { return body }
        for (name, value) in members {
            members[name] = name == "password" ? .string((value.stringValue ?? "") + "-longer") : lengthened(value)
        }
        return .object(members)
    }
}

/// Holds a reply to a documented one: the same members in the same order, each of the same kind.
///
/// What may be null is null in the one and something in the other as it happens.
private func expectSameShape(_ found: JSONValue, _ documented: JSONValue, at place: String) {
    switch (found, documented) {
    case (.null, _), (_, .null): return
    case (.object(let members), .object(let wanted)):
        #expect(Array(members.keys) == Array(wanted.keys), "\(place)")
        for (name, value) in members {
            if let wanted = wanted[name] { expectSameShape(value, wanted, at: "\(place).\(name)") }
        }
    case (.array(let elements), .array(let wanted)):
        #expect(elements.isEmpty == wanted.isEmpty, "\(place)")
        if let one = wanted.first { for element in elements { expectSameShape(element, one, at: "\(place)[]") } }
    default: #expect(found.kindName == documented.kindName, "\(place)")
    }
}

/// The account in which an example makes sense.
private struct ExampleScene {
    let stage: Stage
    let title: String

    init(_ example: DocumentedExample, _ examples: [DocumentedExample]) async throws {
        title = example.title
        var copy = try AccountCopy(examples)
        // What the example makes is not there yet.
        for made in example.method == "POST" ? example.replies.compactMap({ $0["data"]?["id"]?.stringValue }) : []
        where example.path.split(separator: "/").count == 1 {
            copy.servers.removeAll { $0.id.rawValue == made }
            copy.apps.removeAll { $0.id.rawValue == made }
            copy.databases.removeAll { $0.id.rawValue == made || $0.appid.rawValue == made }
            copy.sysusers.removeAll { $0.id.rawValue == made }
        }
        // Both keys of the document are one and the same, shortened.
        if example.title == "Add an SSH Key" { copy.sshkeys = [] }
        if ["Delete an SSH Key", "Add an SSH Key to a System User"].contains(title) { try copy.detachKeys() }
        var random = SeededRandom(seed: 1)
        let (account, leftOut) = copy.account(at: Stage.beginning, random: &random)
        #expect(leftOut == 0)
        #expect(account.contradictions.isEmpty)
        stage = Stage(account: account)
        let app: JSONObject = ["id": "nlcN0TwdZAyNEgdp"]
        if title == "Add a Custom SSL Cert" || title == "Enable AutoSSL", account.apps["nlcN0TwdZAyNEgdp"]?.ssl != nil {
            _ = try await stage.call("delete_ssl", app)
        }
        try await stage.wait(.seconds(3600))
    }

    /// Sends the request; an action is asked for by the id of one that there is.
    func send(_ request: DocumentedRequest) async throws -> WireResponse {
        var path = request.path
        if title == "Check the Status of an Action" {
            let made = try await stage.call("update_server", ["id": "UXOSIYrdtL4cSGp3", "firewall": false])
            path = "/actions/\(try #require(made.actionID).rawValue)"
        }
        return try await stage.simulator.transport.send(
            WireRequest(method: request.method, path: path, body: request.body?.bytes ?? []))
    }
}

/// A request of the document.
private struct DocumentedRequest {
    let method: HTTPRequest.Method
    var path: String
    var body: JSONValue?
}

extension DocumentedExample {
    /// Its requests; where the document shows the reply alone, the request that leads to it.
    fileprivate var allRequests: [DocumentedRequest] {
        let method = HTTPRequest.Method(rawValue: method) ?? .get
        let shown = requests.map { path, body in
            DocumentedRequest(method: method, path: path, body: body == .null ? nil : body)
        }
        guard shown.isEmpty else { return shown }
        let path = path.replacing(":id", with: "nlcN0TwdZAyNEgdp")
        return replies.map { DocumentedRequest(method: method, path: path, body: $0["data"]) }
    }
}

extension AccountCopy {
    /// All things in the replies of the document, the single ones before those of lists.
    fileprivate init(_ examples: [DocumentedExample]) throws {
        self.init()
        let single = examples.filter { $0.method == "GET" && $0.path.hasSuffix(":id") }
        for example in single + examples.filter({ $0.method == "GET" && !$0.path.hasSuffix(":id") }) {
            for reply in example.replies {
                let data = try #require(reply["data"])
                let things = data.arrayValue ?? [data]
                switch example.path.split(separator: "/").last == ":id" ? example.path : "/" + example.path.dropFirst()
                {
                case "/servers", "/servers/:id": try servers.add(things, id: \.id)
                case "/sysusers", "/sysusers/:id": try sysusers.add(things, id: \.id)
                case "/apps", "/apps/:id": try apps.add(things, id: \.id)
                case "/dbs", "/dbs/:id": try databases.add(things, id: \.id)
                case "/sshkeys", "/sshkeys/:id", "/sysusers/:id/sshkeys": try sshkeys.add(things, id: \.id)
                default: break
                }
            }
        }
    }

    /// Nobody holds a key.
    fileprivate mutating func detachKeys() throws {
        sshkeys = try sshkeys.map { key in
            try SSHKey([
                "id": .string(key.id.rawValue), "name": .string(key.name),
                "sha256_fingerprint": .string(key.sha256Fingerprint), "public_key": .string(key.publicKey),
                "datecreated": .integer(key.datecreated.epochSeconds),
            ])
        }
    }
}

extension Array where Element: Model {
    fileprivate mutating func add<ID: Equatable>(_ things: [JSONValue], id: (Element) -> ID) throws {
        for thing in things {
            let element = try Element(thing)
            if !contains(where: { id($0) == id(element) }) { append(element) }
        }
    }
}
