import Foundation
import Groundwork
import RecipeEngine
import SecureShell
import ServerPilot
import SprunTesting
import Testing

/// Why a host is not reached.
@Suite("Reaching hosts", .timeLimit(.minutes(3)))
struct ReachingTests {
    private static func run(_ server: SSHServer, _ host: ShellHost) async -> ShellFailure? {
        await failure { _ = try await server.shell.run(try ShellScript("true", marker: "m"), on: host) }
    }

    @Test("a rejected login names the user and the key")
    func refused() async throws {
        try await SSHServer.with { server in
            let other = server.folder.file("otherkey")
            // Another configuration: the key of this one would let it in.
            try server.folder.write("IdentityAgent none\nIdentityFile \(other)\n", "ssh_config")
            let failure = await Self.run(server, try server.host(identity: other))
            #expect(failure?.code == .loginRefused && failure?.delivery == .notSent)
            #expect(failure?.message.contains("the user '\(SSHServer.user)'") == true)
            #expect(failure?.message.contains(other) == true)
        }
    }

    @Test("a port on which nothing listens can be retried", arguments: [false, true])
    func closed(byFingerprint: Bool) async throws {
        try await SSHServer.with { server in
            let host = try server.host(
                port: try SSHServer.freePort(), fingerprint: byFingerprint ? server.fingerprint : nil)
            let failure = await Self.run(server, host)
            #expect(failure?.code == .notReached && failure?.mayPass == true)
        }
    }

    @Test("a name without an address is an error")
    func name() async throws {
        try await SSHServer.with { server in
            let host = try ShellHost("nowhere.invalid", identity: server.identity)
            #expect(await Self.run(server, host)?.code == .unknownName)
        }
    }

    @Test("a missing private key, or a key that others can read, is an error before any connection")
    func identity() async throws {
        try await SSHServer.with { server in
            let missing = await Self.run(server, try server.host(identity: server.folder.file("nothing")))
            #expect(missing?.code == .identity)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: server.identity)
            let open = await Self.run(server, try server.host())
            #expect(open?.code == .identity && open?.hint?.contains("chmod 600") == true)
        }
    }

    @Test("without ssh, the error says what to install")
    func missing() async throws {
        let shell = OpenSSH(environment: ["PATH": "/nonexistent"])
        let failure = await failure { _ = try await shell.run(try ShellScript("true"), on: try ShellHost("localhost")) }
        #expect(failure?.code == .missing)
    }

    @Test("a host is reached through a jump host")
    func jump() async throws {
        try await SSHServer.with { first in
            try await SSHServer.with { second in
                // The user's configuration knows the way, as the host on it is the user's affair.
                let way = try first.folder.text("ssh_config")
                    .replacing("unknown", with: "known").replacing("IdentityAgent none", with: "")
                try second.folder.write(way, "ssh_config")
                let through = "\(SSHServer.user)@127.0.0.1:\(first.port)"
                let script = try ShellScript("echo \"$HOME\"", marker: "m")
                let result = try await second.shell.run(script, on: try second.host(jump: through))
                #expect(result.outputText == "\(second.home)\n")
                // The script runs on the second only.
                #expect(try first.folder.names(below: "home") == [])

                let closed = "127.0.0.1:\(try SSHServer.freePort())"
                let failure = await Self.run(second, try second.host(jump: closed))
                #expect(failure?.code == .jumpFailed && failure?.delivery == .notSent, "\(String(describing: failure))")
                // A host behind the first that does not answer.
                let behind = await Self.run(second, try second.host(port: try SSHServer.freePort(), jump: through))
                #expect(behind?.code == .notReached && behind?.mayPass == true, "\(String(describing: behind))")
                // A key that the host on the way does not let in.
                try second.folder.write(
                    way.replacing(first.identity, with: second.folder.file("otherkey")), "ssh_config")
                let refused = await Self.run(
                    second, try second.host(identity: second.folder.file("otherkey"), jump: through))
                #expect(refused?.code == .jumpFailed, "\(String(describing: refused))")
            }
        }
    }
}
