import AsyncHTTPClient
import FoundationEssentials
import NIOPosix
import NIOSSL
import ServerPilotSimulator
import Subprocess

/// A certificate authority by `scripts/make-ca`, made once, and a client that trusts it.
struct Authority: Sendable {
    let identity: ServerIdentity
    let client: HTTPClient
    /// How a client that trusts it speaks TLS.
    let tls: TLSConfiguration

    private static let made = Task { try await Authority() }

    /// The one for all tests.
    static var shared: Authority { get async throws { try await made.value } }

    private init() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/sprun-ca-\(UUID().uuidString)"
        let script = String(#filePath).components(separatedBy: "/Tests/")[0] + "/scripts/make-ca"
        let result = try await run(
            .name("bash"), arguments: [script, folder], output: .discarded, error: .string(limit: 1 << 16))
        guard result.terminationStatus == .exited(0) else { throw StoreFile.Failed(text: result.standardError) }
        let (pem, key) = (folder + "/server.pem", folder + "/server.key")
        identity = try ServerIdentity(certificate: Self.bytes(pem), key: Self.bytes(key), names: (pem, key))
        var configuration = HTTPClient.Configuration()
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(folder + "/ca.pem")
        configuration.tlsConfiguration = tls
        self.tls = tls
        client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
