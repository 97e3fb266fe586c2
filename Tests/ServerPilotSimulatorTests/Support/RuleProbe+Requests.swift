import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

/// Rules about requests as such and about how arguments are read.
extension RuleProbe {
    static let ofRequests: [RuleProbe] = [
        RuleProbe("request-method") { furnished in
            RuleEntry.named("request-method")?
                .setting(explaining: try await furnished.send(.put, "/servers").status)
        },
        RuleProbe("request-head") { furnished in
            switch try await furnished.send(.head, "/servers").status {
            case .ok: "as-get"
            case .methodNotAllowed: "refused"
            default: nil
            }
        },
        RuleProbe("request-options") { furnished in
            let response = try await furnished.send(.options, "/servers")
            #expect(response.headers[.allow] == "GET, POST")
            if response.status == .ok { #expect(response.body.isEmpty) }
            return response.status == .ok ? "answered" : response.status == .methodNotAllowed ? "refused" : nil
        },
        RuleProbe("request-size") { furnished in
            let body = String(repeating: " ", count: (1 << 20) + 1)
            return RuleEntry.named("request-size")?
                .setting(explaining: try await furnished.send(.post, "/servers", body).status)
        },
        RuleProbe("credentials-challenge") { furnished in
            let response = try await furnished.stage.simulator.send(WireRequest(method: .get, path: "/servers"))
            #expect(response.status == .unauthorized)
            switch response.headers[.wwwAuthenticate] {
            case "Basic realm=\"ServerPilot API\"": return "basic"
            case nil: return "none"
            default: return nil
            }
        },
        RuleProbe("credentials-text") { furnished in
            let response = try await furnished.stage.simulator.send(WireRequest(method: .get, path: "/servers"))
            switch try JSONValue(bytes: response.body)["error"]?["message"] {
            case "The client ID or API key is wrong.": return "sentence"
            case "Unauthorized": return "word"
            default: return nil
            }
        },
        RuleProbe("body-empty") { furnished in
            try await furnished.readsAsObject("") ? "object" : "refused"
        },
        RuleProbe("body-not-object") { furnished in
            let texts = try await (furnished.readsAsObject("null"), furnished.readsAsObject("[]"))
            #expect(texts.0 == texts.1)
            let number = try await furnished.readsAsObject("5")
            #expect(!number)
            return texts.0 ? "object" : "refused"
        },
        RuleProbe("body-form") { furnished in
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            let response = try await furnished.send(
                .post, "/sshkeys", "name=a+key%21&public_key=ssh-rsa%20AAAAform", headers: form)
            let key = try JSONValue(bytes: response.body)["data"]
            if response.status == .ok { #expect(key?["name"] == "a key!" && key?["public_key"] == "ssh-rsa AAAAform") }
            return RuleEntry.named("body-form")?.setting(explaining: response.status)
        },
        RuleProbe("body-double-member") { furnished in
            let response = try await furnished.send(.post, "/servers", #"{"name":"one","name":"two"}"#)
            switch try JSONValue(bytes: response.body)["data"]?["name"] {
            case "one": return "first"
            case "two": return "last"
            default: return response.status == .badRequest ? "refused" : nil
            }
        },
    ]

    static let ofArguments: [RuleProbe] = [
        RuleProbe("argument-some-given") { furnished in
            RuleEntry.named("argument-some-given")?
                .setting(explaining: try await furnished.send("update_app", ["id": .string(furnished.app)]).status)
        },
        RuleProbe("path-before-arguments") { furnished in
            let response = try await furnished.send("update_sysuser", ["id": "nobody", "password": "short"])
            return response.status == .notFound ? "on" : response.status == .badRequest ? "off" : nil
        },
        RuleProbe("path-id-in-body") { furnished in
            let body: JSONObject = ["id": .string(furnished.sysuser), "password": "longenough"]
            let response = try await furnished.send("update_sysuser", body, id: furnished.sysuser)
            return RuleEntry.named("path-id-in-body")?.setting(explaining: response.status)
        },
        RuleProbe("cacerts-given") { furnished in
            var body = furnished.arguments(of: "add_ssl") ?? [:]
            body["cacerts"] = nil
            return RuleEntry.named("cacerts-given")?
                .setting(explaining: try await furnished.send("add_ssl", body).status)
        },
        RuleProbe("length-unit") { furnished in
            // 8 bytes and 4 code units in 2 characters; 8 code units and 16 bytes in 4.
            var accepted: [Bool] = []
            for password in ["😀😀", "😀😀😀😀"] {
                let body: JSONObject = ["id": .string(furnished.sysuser), "password": .string(password)]
                accepted.append(try await furnished.send("update_sysuser", body).status == .ok)
            }
            return accepted == [true, true] ? "bytes" : accepted == [false, true] ? "utf16" : "characters"
        },
        RuleProbe("auto-false") { furnished in
            let response = try await furnished.send(.post, "/apps/\(furnished.autoApp)/ssl", #"{"auto":false}"#)
            let ssl = try App(try await furnished.stage.call("app", ["id": .string(furnished.autoApp)]).data).ssl
            return response.status == .ok && ssl == nil ? "removes" : response.status == .badRequest ? "refused" : nil
        },
        RuleProbe("domains-lower-case") { furnished in
            switch try await furnished.kept("Mixed.Example") {
            case "Mixed.Example": "kept"
            case "mixed.example": "lowered"
            case nil: "refused"
            default: nil
            }
        },
        RuleProbe("domains-final-dot") { furnished in
            switch try await furnished.kept("dot.example.") {
            case "dot.example.": "kept"
            case "dot.example": "dropped"
            case nil: "refused"
            default: nil
            }
        },
    ]
}

extension FurnishedStage {
    /// Whether a body of that text is taken for an object without members, which lacks a name.
    fileprivate func readsAsObject(_ text: String) async throws -> Bool {
        let response = try await send(.post, "/servers", text)
        #expect(response.status == .badRequest)
        return try JSONValue(bytes: response.body)["error"]?["message"] == "'name' is missing."
    }

    /// What becomes of a domain; `nil` where it is refused.
    fileprivate func kept(_ domain: String) async throws -> String? {
        let response = try await send("update_app", ["id": .string(app), "domains": [.string(domain)]])
        return try JSONValue(bytes: response.body)["data"]?["domains"]?.arrayValue?.first?.stringValue
    }
}
