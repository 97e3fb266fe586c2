import struct Foundation.NSRange
import class Foundation.NSRegularExpression
import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import Testing

/// What the document must have; that it is OpenAPI, and that the simulator keeps to it, schemathesis judges.
@Suite("The OpenAPI document")
struct OpenAPIDocumentTests {
    private let document = OpenAPIDocument(baseURL: "https://api.serverpilot.io/v1", version: "1").json

    private func described(_ name: Operation.Name) throws -> JSONValue {
        let operation = try #require(Operation.named(name))
        let path = operation.path.segments.map { segment in
            switch segment {
            case .word(let word): "/\(word)"
            case .variable(let name): "/{\(name)}"
            }
        }.joined()
        return try #require(document["paths"]?[path]?[operation.method.rawValue.lowercased()])
    }

    @Test("has every operation of the table", arguments: Operation.all.map(\.name))
    func operations(name: Operation.Name) throws {
        let operation = try #require(Operation.named(name))
        let description = try described(name)
        let ids = description["operationId"]?.stringValue?.split(separator: "_or_").map(String.init) ?? []
        #expect(ids.contains(name.rawValue))
        let statuses = description["responses"]?.objectValue?.keys ?? []
        for rule in operation.rules { #expect(statuses.contains("\(rule.status)"), "\(rule.id)") }
        let rules = description["x-rules"]?.arrayValue?.compactMap(\.stringValue) ?? []
        #expect(Set(operation.rules.map(\.id)).isSubset(of: rules))
    }

    @Test("describes arguments strictly and replies loosely")
    func schemas() throws {
        let create = try described("create_db")
        let body = try #require(create["requestBody"]?["content"]?["application/json"]?["schema"])
        #expect(body["required"] == ["appid", "name", "user"])
        #expect(body["additionalProperties"] == false)
        let user = try #require(body["properties"]?["user"])
        #expect(user["additionalProperties"] == false)
        #expect(user["properties"]?["password"]?["minLength"] == 8)
        #expect(user["properties"]?["password"]?["format"] == "password")
        #expect(body["properties"]?["name"]?["pattern"] == "^[a-z0-9-]*$")

        let app = try #require(document["components"]?["schemas"]?["App"])
        #expect(app["additionalProperties"] == nil)
        #expect(app["properties"]?["ssl"]?["type"] == ["object", "null"])
        #expect(app["properties"]?["ssl"]?["additionalProperties"] == nil)
        #expect(app["required"]?.arrayValue?.contains("ssl") == true)
    }

    @Test("distinguishes operations on one path by their bodies")
    func alternatives() throws {
        let ssl = try described("add_ssl")
        let bodies = ssl["requestBody"]?["content"]?["application/json"]?["schema"]?["oneOf"]?.arrayValue ?? []
        #expect(bodies.map { $0["required"] } == [["key", "cert", "cacerts"], ["auto"], ["force"]])
        #expect(bodies[1]["properties"]?["auto"] == ["const": true])
    }

    @Test("omits rules that are off by default")
    func switches() throws {
        let create = try described("create_app")
        let name = create["requestBody"]?["content"]?["application/json"]?["schema"]?["properties"]?["name"]
        #expect(name?["pattern"] == "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
        #expect(name?["x-rules"] == ["app-name-length", "app-name-characters", "app-name-begin", "app-name-end"])
    }

    @Test("allows the empty values that real clients send: an empty chain and an empty object")
    func emptyForms() throws {
        let ssl = try described("add_ssl")
        let bodies = ssl["requestBody"]?["content"]?["application/json"]?["schema"]?["oneOf"]?.arrayValue ?? []
        let chain = try #require(bodies.first?["properties"]?["cacerts"])
        #expect(chain["type"] == ["string", "null"])
        #expect(chain["pattern"] == "^$|-----BEGIN CERTIFICATE-----")
        let create = try described("create_app")
        let properties = create["requestBody"]?["content"]?["application/json"]?["schema"]?["properties"]
        let forms = try #require(properties?["wordpress"]?["anyOf"]?.arrayValue)
        #expect(forms.count == 2 && forms[1] == ["type": "object", "maxProperties": 0])
    }

    @Test("allows exactly the passwords that the rule allows, at their first and last characters")
    func whiteSpace() throws {
        let operation = try #require(Operation.named("update_sysuser"))
        let password = operation.bodyParameters.first { $0.name == "password" }
        let rule = try #require(password?.constraints.first { $0.kind == .noOuterWhiteSpace })
        let update = try described("update_sysuser")
        let body = update["requestBody"]?["content"]?["application/json"]?["schema"]
        let pattern = try #require(body?["properties"]?["password"]?["pattern"]?.stringValue)
        // What `\s` is differs between dialects; both of them together are everything in each.
        #expect(!pattern.replacing(#"[\s\S]"#, with: "").lowercased().contains(#"\s"#))
        // ICU's `$` also stands before a line's end; the standard's does not.
        let expression = try NSRegularExpression(pattern: pattern.replacing("$", with: #"\z"#))
        func differs(_ text: String) -> Bool {
            let range = NSRange(location: 0, length: text.utf16.count)
            let isAllowed = expression.firstMatch(in: text, range: range) != nil
            return isAllowed != rule.isKept(by: .string(text))
        }
        let all = (0...0xFFFF).compactMap { Unicode.Scalar(UInt32($0)) }
        let scalars = all.filter { differs("\($0)assword") || differs("passwor\($0)") }
        #expect(scalars.map { String($0.value, radix: 16) } == [])
    }
}
