import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import ServerPilotSimulator
import Testing

@Suite("Versions of TLS", .timeLimit(.minutes(2)))
struct TLSVersionTests {
    /// Whether a client that knows no TLS but that version can connect.
    private static func connects(
        _ version: TLSVersion, to address: SimulatorServer.Address, trusting authority: Authority
    ) async throws -> Bool {
        var configuration = authority.tls
        configuration.minimumTLSVersion = version
        configuration.maximumTLSVersion = version
        var http = HTTPClient.Configuration(tlsConfiguration: configuration)
        http.timeout.connect = .seconds(10)
        let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: http)
        do {
            let response = try await client.execute(HTTPClientRequest(url: address.baseURL), timeout: .seconds(20))
            try await client.shutdown()
            // Without credentials.
            return response.status.code == 401
        } catch {
            try await client.shutdown()
            return false
        }
    }

    @Test("TLS before 1.2 is rejected unless the rule is changed", arguments: ["1.2", "1.0"])
    func versions(setting: String) async throws {
        let stage = Stage()
        try stage.simulator.change { account, _ in try account.settings.rules.set("tls-version", to: setting) }
        let authority = try await Authority.shared
        try await withServer(stage, identity: authority.identity) { address in
            for version in [TLSVersion.tlsv12, .tlsv13] {
                let connects = try await Self.connects(version, to: address, trusting: authority)
                #expect(connects, "\(version)")
            }
            for version in [TLSVersion.tlsv1, .tlsv11] {
                let connects = try await Self.connects(version, to: address, trusting: authority)
                #expect(connects == (setting == "1.0"), "\(version)")
            }
        }
    }
}
