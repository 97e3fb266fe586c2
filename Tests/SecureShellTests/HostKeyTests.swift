import Foundation
import Groundwork
import RecipeEngine
import SecureShell
import ServerPilot
import SprunTesting
import Testing

/// Which hosts are believed.
@Suite("Keys of hosts", .timeLimit(.minutes(3)))
struct HostKeyTests {
    private static func run(_ server: SSHServer, _ host: ShellHost) async -> ShellFailure? {
        await failure { _ = try await server.shell.run(try ShellScript("true"), on: host) }
    }

    @Test("an unknown host is rejected with a hint")
    func unknown() async throws {
        try await SSHServer.with { server in
            let failure = await Self.run(server, try server.host(knownHosts: server.folder.file("none")))
            #expect(failure?.code == .unknownHostKey && failure?.delivery == .notSent)
            #expect(failure?.hint?.contains("host_key") == true)
            #expect(try server.folder.names(below: "home") == [])
        }
    }

    @Test("a host with another key than the known key is rejected")
    func changed() async throws {
        try await SSHServer.with { server in
            let other = try server.folder.text("otherkey.pub").split(separator: " ")
            try server.folder.write("[127.0.0.1]:\(server.port) \(other[0]) \(other[1])\n", "known")
            let failure = await Self.run(server, try server.host())
            #expect(failure?.code == .wrongHostKey && failure?.delivery == .notSent)
            // Also where a new one would be accepted.
            let accepting = await Self.run(server, try server.host(acceptsNew: true))
            #expect(accepting?.code == .wrongHostKey)
        }
    }

    @Test("a host that was accepted once is known from then on")
    func acceptedOnce() async throws {
        try await SSHServer.with { server in
            let file = server.folder.file("fresh")
            let first = await Self.run(server, try server.host(knownHosts: file, acceptsNew: true))
            let second = await Self.run(server, try server.host(knownHosts: file))
            #expect(first == nil && second == nil)
        }
    }

    @Test("a fingerprint is enough, and leaves no file behind")
    func fingerprint() async throws {
        try await SSHServer.with { server in
            let failure = await Self.run(server, try server.host(fingerprint: server.fingerprint))
            #expect(failure == nil)
            #expect(try server.folder.names().filter { $0.hasPrefix("sprun-known-hosts") } == [])
        }
    }

    @Test("a wrong fingerprint is rejected, and the error lists the host's fingerprints")
    func wrongFingerprint() async throws {
        try await SSHServer.with { server in
            let wrong = "SHA256:" + String(repeating: "A", count: 43)
            let failure = await Self.run(server, try server.host(fingerprint: wrong))
            #expect(failure?.code == .wrongHostKey && failure?.delivery == .notSent)
            #expect(failure?.message.contains(server.fingerprint) == true)
        }
    }

    @Test("a fingerprint does not work through a jump host, and the error says so")
    func fingerprintBehindJump() async throws {
        try await SSHServer.with { server in
            let given = await Self.run(
                server, try server.host(jump: "127.0.0.1:\(server.port)", fingerprint: server.fingerprint))
            try server.folder.write("ProxyJump elsewhere\n", "ssh_config")
            let configured = await Self.run(server, try server.host(fingerprint: server.fingerprint))
            for failure in [given, configured] {
                #expect(failure?.code == .invalid)
                #expect(failure?.hint?.contains("known_hosts") == true)
            }
        }
    }
}
