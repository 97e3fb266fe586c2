import Groundwork
import HTTPTypes
import ServerPilot
import ServerPilotClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct HTTPTransportProxyTests {
    /// A name that only the proxy knows.
    private static let host = "api.behind-proxy.example"

    private func transport(_ environment: [String: String], limits: HTTPLimits = Fixture.quickLimits) throws
        -> HTTPTransport
    {
        var environment = environment
        environment["SSL_CERT_FILE"] = try TestAuthority.shared.get().file
        return try Fixture.transport("https://\(Self.host)/v1", environment: environment, limits: limits)
    }

    @Test("a request uses the proxy's tunnel, and the proxy sees neither the request nor the API key")
    func tunnel() async throws {
        let tls = try TestAuthority.shared.get().server("tunnel", hosts: "DNS:\(Self.host)")
        try await TestServer.with(tls: tls) {
            try await $0.replyToAll()
        } body: { server in
            try await TestServer.with { connection in
                guard let request = try await connection.request(), request.method == "CONNECT" else { return }
                try await connection.write("HTTP/1.1 200 Connection established\r\n\r\n")
                try await connection.tunnel(to: server.port)
            } body: { proxy in
                let transport = try transport(["https_proxy": "http://al%20ice:p%40ss%3Aword@127.0.0.1:\(proxy.port)/"])
                for _ in 1...3 { #expect(try await transport.send(Fixture.write).status.code == 200) }
                #expect(proxy.connections == 1)
                let connect = try #require(proxy.requests.first)
                #expect(connect.target == "\(Self.host):443")
                // printf 'al ice:p@ss:word' | base64
                #expect(connect.values["proxy-authorization"] == "Basic YWwgaWNlOnBAc3M6d29yZA==")
                #expect(connect.values["authorization"] == nil)
                #expect(server.requests.count == 3)
                #expect(server.requests[0].values["proxy-authorization"] == nil)
                #expect(server.requests[0].values["host"] == Self.host)
            }
        }
    }

    /// What a proxy does with a `CONNECT`.
    enum Refusal: String, CaseIterable {
        case wantsLogin, badGateway, forbidden, closes, resets, hangs, garbage

        var kind: ConnectionFailure.Kind {
            switch self {
            case .wantsLogin: .proxyLogin
            case .badGateway, .forbidden: .proxy
            // The connection is closed over the garbage before the garbage is reported.
            case .closes, .resets, .garbage: .closed
            case .hangs: .timedOut
            }
        }
    }

    @Test("if the proxy does not connect, the request is not sent", arguments: Refusal.allCases)
    func refusal(refusal: Refusal) async throws {
        var limits = Fixture.quickLimits
        if refusal == .hangs { limits.connecting = .milliseconds(8000) }
        try await TestServer.with { connection in
            _ = try await connection.request()
            switch refusal {
            case .wantsLogin: try await connection.reply("407 Who are you", ["Proxy-Authenticate: Basic"])
            case .badGateway: try await connection.reply("502 Bad Gateway")
            case .forbidden: try await connection.reply("403 Not you")
            case .garbage: try await connection.write("\u{1}\u{2}\u{3}\r\n\r\n")
            case .closes: break
            case .resets: try await connection.reset()
            case .hangs: await connection.hang()
            }
        } body: { [limits] proxy in
            let error = try await transport(["ALL_PROXY": "127.0.0.1:\(proxy.port)"], limits: limits)
                .failure(of: Fixture.write)
            #expect(error.code == .notConnected)
            #expect(error.delivery == .notSent)
            #expect(error.connectionFailure?.kind == refusal.kind, "\(String(describing: error.cause))")
            #expect(error.message.contains("127.0.0.1:\(proxy.port)"))
            #expect(proxy.requests.map(\.method) == ["CONNECT"])
        }
    }

    @Test("a proxy that refuses connections is named with its variable and without its password")
    func proxyIsDown() async throws {
        let refusing = try RefusingPort()
        defer { withExtendedLifetime(refusing) {} }
        let port = refusing.number
        let error = try await transport(["HTTPS_PROXY": "http://alice:hunter22@127.0.0.1:\(port)"])
            .failure(of: Fixture.write)
        #expect(error.delivery == .notSent)
        #expect(error.connectionFailure?.kind == .refused)
        #expect(
            error.message
                == "the proxy 127.0.0.1:\(port) (from HTTPS_PROXY) refuses connections; check host and port in HTTPS_PROXY"
        )
    }

    @Test("a request goes through a SOCKS proxy, which resolves the name")
    func socks() async throws {
        let tls = try TestAuthority.shared.get().server("socks", hosts: "DNS:\(Self.host)")
        try await TestServer.with(tls: tls) {
            try await $0.replyToAll()
        } body: { server in
            try await TestServer.with { connection in
                #expect(try await connection.read() == [5, 1, 0])
                try await connection.write([5, 0])
                let wanted = [5, 1, 0, 3, UInt8(Self.host.utf8.count)] + Array(Self.host.utf8) + [1, 187]
                #expect(try await connection.read() == wanted)
                try await connection.write([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])
                try await connection.tunnel(to: server.port)
            } body: { proxy in
                let transport = try transport(["all_proxy": "socks5h://127.0.0.1:\(proxy.port)"])
                #expect(try await transport.send(Fixture.read).status.code == 200)
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test("requests to this machine do not use the proxy")
    func loopback() async throws {
        try await TestServer.with {
            try await $0.replyToAll()
        } body: { server in
            let transport = try Fixture.transport(
                "http://localhost:\(server.port)/v1",
                environment: ["http_proxy": "127.0.0.1:1", "HTTP_PROXY": "127.0.0.1:1", "ALL_PROXY": "127.0.0.1:1"])
            #expect(transport.proxy == nil)
            #expect(try await transport.send(Fixture.read).status.code == 200)
        }
    }
}
