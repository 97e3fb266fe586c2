import Foundation
import Testing

@testable import ServerPilotClient

@Suite("The names of a certificate") struct CertificateNameTests {
    @Test(
        "a name matches itself, and a star matches one label at the left",
        arguments: [
            ("api.example.com", "api.example.com", true), ("api.example.com", "API.Example.COM", true),
            ("api.example.com.", "api.example.com", true), ("api.example.com", "api.example.com.", true),
            ("api.example.com", "example.com", false), ("example.com", "api.example.com", false),
            ("api.example.com", "*.example.com", true), ("a.api.example.com", "*.example.com", false),
            ("example.com", "*.example.com", false), (".example.com", "*.example.com", false),
            ("api.example.com", "a*.example.com", false), ("api.example.com", "*i.example.com", false),
            ("api.example.com", "api.*.com", false), ("api.example.com", "*.*.com", false),
            ("api.example.com", "*", false), ("localhost", "*", false), ("api.example.com", "", false),
            ("127.0.0.1", "127.0.0.1", true),
        ] as [(String, String, Bool)])
    func names(_ host: String, _ name: String, _ matches: Bool) {
        #expect(CertificateName(host: host).matches(name) == matches)
    }

    @Test(
        "an IP address matches only an address entry, and a name only a name entry",
        arguments: [
            ("127.0.0.1", "IP:127.0.0.1", true), ("127.0.0.1", "IP:127.0.0.2", false),
            ("127.0.0.1", "DNS:127.0.0.1", false), ("::1", "IP:::1", true), ("::1", "IP:127.0.0.1", false),
            ("localhost", "IP:127.0.0.1", false), ("localhost", "DNS:localhost", true),
            ("localhost", "DNS:other.example,DNS:localhost", true), ("localhost", "URI:https://localhost", false),
        ] as [(String, String, Bool)])
    func alternatives(_ host: String, _ hosts: String, _ matches: Bool) throws {
        let authority = try TestAuthority.shared.get()
        let name = "names-\(UUID().uuidString)"
        _ = try authority.server(name, hosts: hosts)
        let pem = try String(contentsOf: authority.folder.appendingPathComponent("\(name).pem"), encoding: .utf8)
        let base64 = pem.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
        #expect(try CertificateName(host: host).matches(Array(#require(Data(base64Encoded: base64)))) == matches)
    }
}
