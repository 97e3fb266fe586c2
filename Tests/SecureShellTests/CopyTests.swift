import Foundation
import Groundwork
import RecipeEngine
import SecureShell
import ServerPilot
import SprunTesting
import Testing

/// Files on a real sshd.
@Suite("Files for another host", .timeLimit(.minutes(3)))
struct CopyTests {
    private static func file(_ server: SSHServer, _ text: String, mode: String = "0640") throws -> ShellFile {
        try ShellFile(Secret(Array(text.utf8)), path: "\(server.home)/a file", mode: mode)
    }

    @Test("a file is written completely with its mode, and not written again if it is unchanged")
    func repeated() async throws {
        try await SSHServer.with { server in
            let host = try server.host()
            #expect(try await server.shell.copy(try Self.file(server, "text\n"), to: host))
            #expect(try server.folder.text("home/a file") == "text\n")
            #expect(try server.folder.mode("home/a file") == 0o640)
            #expect(try await !server.shell.copy(try Self.file(server, "text\n"), to: host))
            #expect(try await server.shell.copy(try Self.file(server, "other"), to: host))
            #expect(try await server.shell.copy(try Self.file(server, "other", mode: "600"), to: host))
            #expect(try server.folder.mode("home/a file") == 0o600)
            #expect(try server.folder.names(below: "home") == ["a file"])
        }
    }

    @Test("a link is replaced, and its target is not changed")
    func link() async throws {
        try await SSHServer.with { server in
            try server.folder.write("precious", "precious")
            try FileManager.default.createSymbolicLink(
                atPath: "\(server.home)/a file", withDestinationPath: server.folder.file("precious"))
            #expect(try await server.shell.copy(try Self.file(server, "text"), to: try server.host()))
            #expect(try server.folder.text("precious") == "precious")
            #expect(try server.folder.text("home/a file") == "text")
        }
    }

    @Test("a missing folder is an error")
    func missingFolder() async throws {
        try await SSHServer.with { server in
            let file = try ShellFile(Secret([1]), path: "\(server.home)/none/file", mode: "0644")
            let failure = await failure { _ = try await server.shell.copy(file, to: try server.host()) }
            #expect(failure?.message.contains("there is no folder \(server.home)/none") == true)
            #expect(failure?.delivery == .rejected)
        }
    }

    @Test("large files are copied")
    func large() async throws {
        try await SSHServer.with { server in
            let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            let file = try ShellFile(Secret(bytes), path: "\(server.home)/large", mode: "0600")
            #expect(try await server.shell.copy(file, to: try server.host()))
            #expect(try Array(Data(contentsOf: URL(filePath: "\(server.home)/large"))) == bytes)
        }
    }
}
