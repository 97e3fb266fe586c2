import Foundation
import Groundwork
import RecipeEngine
import SecureShell
import ServerPilot
import SprunTesting
import Testing

/// A script with a marker runs once, whatever happens to connections.
@Suite("One marker, one script", .timeLimit(.minutes(3)))
struct AttachingTests {
    /// A script that says that it runs, and goes on when it may.
    private static func script(_ server: SSHServer, marker: String = "only") throws
        -> ShellScript
    {
        try ShellScript(
            """
            echo ran >> "$HOME/ran"
            cat
            echo begun
            until [ -e "$HOME/gate" ]; do sleep 0.05; done
            echo end
            exit 4
            """, input: "in\n", marker: marker)
    }

    @Test("a lost connection is reopened, and no output is lost or doubled")
    func cut() async throws {
        try await SSHServer.with { server in
            let lines = Lines()
            let script = try Self.script(server)
            async let result = server.shell.run(script, on: try server.host()) { await lines.append($0) }
            await lines.contains("begun")
            let clients = try clients(of: server)
            #expect(clients.count == 1)
            for client in clients { kill(client, SIGKILL) }
            try server.folder.write("", "home/gate")
            let ended = try await result
            #expect(ended.status == 4 && ended.outputText == "in\nbegun\nend\n")
            #expect(await lines.all.map(\.text) == ["in", "begun", "end"])
            #expect(try server.folder.text("home/ran") == "ran\n")
        }
    }

    @Test("a later call returns the result of an abandoned call, and the script runs once")
    func later() async throws {
        try await SSHServer.with { server in
            let lines = Lines()
            let script = try Self.script(server)
            let first = Task {
                try await server.shell.run(script, on: try server.host()) { await lines.append($0) }
            }
            await lines.contains("begun")
            first.cancel()
            let abandoned = await failure { _ = try await first.value }
            #expect(abandoned?.code == .cancelled && abandoned?.delivery == .ambiguous)
            try server.folder.write("", "home/gate")
            let second = try await server.shell.run(script, on: try server.host())
            #expect(second.status == 4 && second.outputText == "in\nbegun\nend\n" && second.wasBegun)
            // And once more, when it has long ended.
            #expect(try await server.shell.run(script, on: try server.host()) == second)
            #expect(try server.folder.text("home/ran") == "ran\n")
        }
    }

    @Test("of many concurrent calls one starts the script, and all get its result")
    func many() async throws {
        try await SSHServer.with { server in
            try server.folder.write("", "home/gate")
            let script = try Self.script(server)
            let results = try await withThrowingTaskGroup(of: ShellResult.self) { group in
                for _ in 0..<5 {
                    group.addTask { try await server.shell.run(script, on: try server.host()) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.map(\.outputText) == Array(repeating: "in\nbegun\nend\n", count: 5))
            #expect(results.filter { !$0.wasBegun }.count == 1)
            #expect(try server.folder.text("home/ran") == "ran\n")
        }
    }

    /// Starts four runners, and sends them the script once all have seen that nobody has started it.
    private static let together = """
        mkdir "$HOME"
        for i in 1 2 3 4; do
            mkfifo in$i
            sh -c "$(cat "$RUNNER")" < in$i > out$i &
        done
        exec 3> in1 4> in2 5> in3 6> in4
        for i in 3 4 5 6; do printf 'run only 21 0 0:0 0\\n' >&$i; done
        until [ "$(ls -d "$HOME"/.sprun/steps/.new-* 2> /dev/null | wc -l)" -eq 4 ]; do sleep 0.05; done
        for i in 3 4 5 6; do printf 'echo ran>>"$HOME/ran"' >&$i; done
        exec 3>&- 4>&- 5>&- 6>&-
        wait
        grep -h '^s ' out* | sort
        cat "$HOME/ran"
        """

    @Test("of calls that all found no marker, one starts the script")
    func together() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let top = String(#filePath).components(separatedBy: "/Tests/")[0]
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", Self.together]
        shell.currentDirectoryURL = folder
        shell.environment = [
            "HOME": folder.path + "/home", "PATH": "/usr/bin:/bin",
            "RUNNER": top + "/Sources/SecureShell/Runner/runner.sh",
        ]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(text == "s new\ns old\ns old\ns old\nran\n")
    }

    @Test("a script that ended without a trace is reported and not started again")
    func gone() async throws {
        try await SSHServer.with { server in
            let lines = Lines()
            let script = try Self.script(server)
            async let result = failure {
                _ = try await server.shell.run(script, on: try server.host()) { await lines.append($0) }
            }
            await lines.contains("begun")
            let pid = try server.folder.text("home/.sprun/steps/only/pid").split(separator: " ")
            let supervisor = try #require(Int32(pid[0]))
            kill(-supervisor, SIGKILL)
            let first = await result
            #expect(first?.code == .unknown && first?.delivery == .ambiguous)
            let second = await failure { _ = try await server.shell.run(script, on: try server.host()) }
            #expect(second?.code == .unknown)
            #expect(try server.folder.text("home/ran") == "ran\n")
        }
    }

    @Test("a process id from before a reboot is not taken for the script's process")
    func otherBoot() async throws {
        try await SSHServer.with { server in
            for folder in ["home/.sprun", "home/.sprun/steps", "home/.sprun/steps/only"] {
                try FileManager.default.createDirectory(
                    atPath: server.folder.file(folder), withIntermediateDirectories: true)
            }
            let own = ProcessInfo.processInfo.processIdentifier
            try server.folder.write("\(own) 00000000-0000-0000-0000-000000000000 1\n", "home/.sprun/steps/only/pid")
            let failure = await failure {
                _ = try await server.shell.run(try Self.script(server), on: try server.host())
            }
            #expect(failure?.code == .unknown)
        }
    }

    /// The ssh processes that are connected to a server.
    private func clients(of server: SSHServer) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.filter { process in
            guard let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else { return false }
            return line.prefix { $0 != 0 }.suffix(4).elementsEqual("/ssh".utf8)
                && line.range(of: Data("\0\(server.port)\0".utf8)) != nil
        }
    }
}
