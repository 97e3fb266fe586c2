import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("POST /apps/:id/ssl")
struct SSLChoiceTests {
    private func post(_ body: JSONValue, to app: String, of stage: Stage) async throws -> WireResponse {
        try await stage.simulator.transport.send(
            WireRequest(method: .post, path: "/apps/\(app)/ssl", body: body.bytes))
    }

    private static let certificate: JSONObject = [
        "key": .string(FurnishedStage.privateKey), "cert": .string(FurnishedStage.certificate), "cacerts": .null,
    ]

    @Test(
        "kinds that cannot be combined are rejected together",
        arguments: [["auto": true, "force": true], ["force": true, "key": "x"], ["auto": true, "cert": "x"]]
            as [JSONObject])
    func together(body: JSONObject) async throws {
        let furnished = try await FurnishedStage()
        let response = try await post(.object(body), to: furnished.app, of: furnished.stage)
        #expect(response.status == .badRequest)
        #expect(furnished.stage.log.all.last?.ruleID == "request-one-kind")
    }

    @Test("a body without a kind is rejected")
    func noKind() async throws {
        let furnished = try await FurnishedStage()
        let response = try await post(["nothing": true], to: furnished.app, of: furnished.stage)
        #expect(response.status == .badRequest)
        #expect(furnished.stage.log.all.last?.ruleID == "request-kind")
    }

    @Test(
        "auto must be true: a string and false are invalid arguments",
        arguments: ["true", false, 1, .null] as [JSONValue])
    func autoIsTrue(value: JSONValue) async throws {
        let furnished = try await FurnishedStage()
        let response = try await post(["auto": value], to: furnished.app, of: furnished.stage)
        #expect(response.status == .badRequest)
        #expect(try JSONValue(bytes: response.body) == ["error": ["message": "Invalid argument: auto"]])
    }

    @Test("a custom certificate is returned with its key, and can be forced, replaced and removed")
    func custom() async throws {
        let furnished = try await FurnishedStage()
        let stage = furnished.stage
        let id: JSONObject = ["id": .string(furnished.app)]
        let added = try await stage.call("add_ssl", id.merging(Self.certificate) { $1 })
        #expect(added.data == .object(Self.certificate))
        let forced = try await stage.call("force_ssl", id.merging(["force": true]) { $1 })
        #expect(forced.data["force"] == true)
        #expect(forced.data["auto"] == false)
        #expect(forced.data["key"] == .string(FurnishedStage.privateKey))
        let replaced = Self.certificate.merging(["cacerts": .string(FurnishedStage.certificate)]) { $1 }
        _ = try await stage.call("add_ssl", id.merging(replaced) { $1 })
        let app = try App(try await stage.call("app", id).data)
        #expect(app.ssl?.cacerts == FurnishedStage.certificate)
        #expect(app.ssl?.force == true)
        let listed = try await stage.call("apps").data.arrayValue?.first { $0["id"] == id["id"] }
        #expect(listed?["ssl"]?["key"] == .string(FurnishedStage.privateKey))
        #expect(try await stage.call("delete_ssl", id).data == [:])
        #expect(try App(try await stage.call("app", id).data).ssl == nil)
        _ = try await stage.call("add_ssl", id.merging(Self.certificate) { $1 })
        #expect(try App(try await stage.call("app", id).data).ssl?.force == false, "removing turned it off")
    }

    @Test("AutoSSL becomes available some time after the domains, not for wildcards, and creates a certificate")
    func autoSSL() async throws {
        let stage = Stage(account: Account(settings: AccountSettings(autoSSLDelay: .seconds(300))))
        let server = try await stage.connectedServer()
        let user = try await stage.id("create_sysuser", ["serverid": .string(server), "name": "acme"])
        let domains: JSONValue = ["acme.example", "*.acme.example"]
        let app = try await stage.call(
            "create_app",
            ["name": "site", "sysuserid": .string(user), "runtime": "php8.4", "domains": domains])
        #expect(app.data["autossl"] == nil, "only the reply about a single app says it")
        let id: JSONObject = ["id": app.data["id"] ?? .null]
        #expect(try await stage.call("app", id).data["autossl"] == ["available": false])
        try await stage.wait(.seconds(299))
        #expect(try await stage.call("app", id).data["autossl"] == ["available": false])
        try await stage.wait(.seconds(1))
        let available: JSONValue = ["available": true, "domains": ["acme.example"]]
        #expect(try await stage.call("app", id).data["autossl"] == available)
        _ = try await stage.call("update_app", id.merging(["domains": ["acme.example", "new.example"]]) { $1 })
        #expect(try await stage.call("app", id).data["autossl"] == available, "a new domain has its own time")
        let ssl = try SSL(try await stage.call("enable_autossl", id).data)
        #expect(ssl.auto == true)
        #expect(ssl.force == false)
        #expect(ssl.key?.reveal().hasPrefix("-----BEGIN PRIVATE KEY-----\n") == true)
        #expect(ssl.cert?.hasSuffix("-----END CERTIFICATE-----\n") == true)
    }
}
