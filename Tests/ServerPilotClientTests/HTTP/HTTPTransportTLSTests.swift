import HTTPTypes
import Foundation
import Groundwork
import NIOSSL
import ServerPilot
import ServerPilotClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct HTTPTransportTLSTests {
    /// A server's certificate, and what becomes of a request to `https://localhost`.
    enum Certificate: String, CaseIterable, CustomTestStringConvertible {
        case good, expired, forAnotherHost, forItsAddress, forItsCommonName, forAWildcard, selfSigned

        var testDescription: String { rawValue }

        func context(of authority: TestAuthority) throws -> NIOSSLContext {
            let hosts = "DNS:localhost,IP:127.0.0.1"
            return switch self {
            case .good: try authority.server("good", hosts: hosts)
            case .expired: try authority.server("expired", hosts: hosts, until: "20200201000000Z")
            case .forAnotherHost: try authority.server("other", hosts: "DNS:api.example")
            // Each of the three passes, or could pass, the TLS library's own check.
            case .forItsAddress: try authority.server("address", hosts: "IP:127.0.0.1,DNS:api.example")
            case .forItsCommonName: try authority.server("localhost", hosts: "email:a@b.example")
            case .forAWildcard: try authority.server("wildcard", hosts: "DNS:*,DNS:l*,DNS:*.localhost,IP:127.0.0.1")
            case .selfSigned: try authority.selfSignedServer("self", hosts: hosts)
            }
        }
    }

    private static let authority = TestAuthority.shared

    @Test("a certificate of the authority in SSL_CERT_FILE is trusted, by name and by address")
    func trusted() async throws {
        let authority = try Self.authority.get()
        let tls = try authority.server("trusted", hosts: "DNS:localhost,IP:127.0.0.1")
        try await TestServer.with(tls: tls) {
            try await $0.replyToAll()
        } body: { server in
            for host in ["localhost", "127.0.0.1"] {
                let transport = try Fixture.transport(
                    "https://\(host):\(server.port)/v1", environment: ["SSL_CERT_FILE": authority.file])
                #expect(try await transport.send(Fixture.write).status.code == 200)
            }
            #expect(server.requests.map(\.target) == ["/v1/apps", "/v1/apps"])
        }
    }

    /// Where the authority of the server's certificate lies.
    enum Store: String, CaseIterable {
        case folder, folderBesideOtherFile, fileBesideOtherFolder
    }

    @Test("certificates of SSL_CERT_DIR are trusted, also together with SSL_CERT_FILE", arguments: Store.allCases)
    func trustedFolder(store: Store) async throws {
        let authority = try Self.authority.get()
        let tls = try authority.server("store-\(store)", hosts: "DNS:localhost")
        _ = try authority.selfSignedServer("other-\(store)", hosts: "DNS:localhost")
        let other = authority.folder.appendingPathComponent("other-\(store).pem").path
        let environment =
            switch store {
            case .folder: ["SSL_CERT_DIR": try authority.hashedFolder(of: authority.file)]
            case .folderBesideOtherFile:
                ["SSL_CERT_DIR": try authority.hashedFolder(of: authority.file), "SSL_CERT_FILE": other]
            case .fileBesideOtherFolder:
                ["SSL_CERT_DIR": try authority.hashedFolder(of: other), "SSL_CERT_FILE": authority.file]
            }
        try await TestServer.with(tls: tls) {
            try await $0.replyToAll()
        } body: { server in
            let transport = try Fixture.transport("https://localhost:\(server.port)/v1", environment: environment)
            #expect(try await transport.send(Fixture.read).status.code == 200)
        }
    }

    @Test("without SSL_CERT_FILE, only the system's authorities are trusted")
    func systemStore() async throws {
        try await expectNotTrusted(.good, environment: [:], naming: "the system's authorities")
    }

    @Test(
        "an expired, foreign or self-signed certificate is rejected before the request is sent",
        arguments: [
            Certificate.expired, .forAnotherHost, .forItsAddress, .forItsCommonName, .forAWildcard, .selfSigned,
        ])
    func notTrusted(certificate: Certificate) async throws {
        let file = try Self.authority.get().file
        try await expectNotTrusted(certificate, environment: ["SSL_CERT_FILE": file], naming: "SSL_CERT_FILE=\(file)")
    }

    private func expectNotTrusted(
        _ certificate: Certificate, environment: [String: String], naming authorities: String
    ) async throws {
        let tls = try certificate.context(of: Self.authority.get())
        try await TestServer.with(tls: tls) {
            try await $0.replyToAll()
        } body: { server in
            let error = try await Fixture.transport("https://localhost:\(server.port)/v1", environment: environment)
                .failure(of: Fixture.write)
            #expect(error.code == .notConnected)
            #expect(error.delivery == .notSent)
            #expect(error.connectionFailure?.kind == .certificate, "\(String(describing: error.cause))")
            #expect(error.connectionFailure?.isPermanent == true)
            #expect(
                error.message.contains("the certificate of localhost:\(server.port) is not trusted by \(authorities)"))
            #expect(server.requests.isEmpty)
        }
    }

    @Test("a missing or empty file of authorities is named", arguments: [nil, "no certificate in here"])
    func unreadableTrustStore(content: String?) async throws {
        let authority = try Self.authority.get()
        let file = authority.folder.appendingPathComponent("unreadable-\(content == nil)")
        if let content { try Data(content.utf8).write(to: file) }
        let tls = try authority.server("store-\(content == nil)", hosts: "DNS:localhost")
        try await TestServer.with(tls: tls) {
            try await $0.replyToAll()
        } body: { server in
            let error = try await Fixture.transport(
                "https://localhost:\(server.port)/v1", environment: ["SSL_CERT_FILE": file.path]
            ).failure(of: Fixture.write)
            #expect(error.code == .notConnected)
            #expect(error.delivery == .notSent)
            #expect(error.connectionFailure?.kind == .trustStore, "\(String(describing: error.cause))")
            #expect(error.message == "no certificates can be read from SSL_CERT_FILE=\(file.path)")
            #expect(server.requests.isEmpty)
        }
    }

    /// What a server does in place of a handshake.
    enum BrokenHandshake: String, CaseIterable {
        case hangs, closes, resets, speaksHTTP

        var kind: ConnectionFailure.Kind {
            switch self {
            case .hangs: .timedOut
            case .closes, .resets: .closed
            case .speaksHTTP: .tls
            }
        }
    }

    @Test("a failed TLS handshake sends nothing", arguments: BrokenHandshake.allCases)
    func brokenHandshake(handshake: BrokenHandshake) async throws {
        var limits = Fixture.quickLimits
        if handshake == .hangs { limits.connecting = .milliseconds(2000) }
        try await TestServer.with { connection in
            _ = try await connection.read()
            switch handshake {
            case .hangs: await connection.hang()
            case .closes: break
            case .resets: try await connection.reset()
            case .speaksHTTP: try await connection.reply("400 Bad Request", body: "this is HTTP")
            }
        } body: { [limits] server in
            let error = try await Fixture.transport("https://localhost:\(server.port)/v1", limits: limits)
                .failure(of: Fixture.write)
            #expect(error.code == .notConnected)
            #expect(error.delivery == .notSent)
            #expect(error.connectionFailure?.kind == handshake.kind, "\(String(describing: error.cause))")
            #expect(server.connections == 1)
        }
    }

    @Test("a TLS connection that ends without a close is ambiguous after the request", arguments: [true, false])
    func cutOff(inBody: Bool) async throws {
        let tls = try Self.authority.get().server("cut-\(inBody)", hosts: "DNS:localhost")
        try await TestServer.with(tls: tls) { connection in
            _ = try await connection.request()
            if inBody { try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{") }
            try await connection.reset()
        } body: { server in
            let error = try await Fixture.transport(
                "https://localhost:\(server.port)/v1", environment: ["SSL_CERT_FILE": Self.authority.get().file]
            ).failure(of: Fixture.write)
            #expect(error.code == .connectionLost)
            #expect(error.delivery == .ambiguous)
            #expect(server.requests.count == 1)
        }
    }
}
