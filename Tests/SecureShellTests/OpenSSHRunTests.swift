import Foundation
import Groundwork
import RecipeEngine
import SecureShell
import ServerPilot
import SprunTesting
import Testing

/// Scripts on a real sshd.
@Suite("Scripts on another host", .timeLimit(.minutes(3)))
struct OpenSSHRunTests {
    @Test("a script reads its input, and returns its status and both outputs", arguments: [nil, "run-1-step-2"])
    func result(marker: String?) async throws {
        try await SSHServer.with { server in
            let script = try ShellScript(
                "read -r first; echo \"got $first\"; cat; echo oops >&2; exit 7", input: "one\ntwo\n", marker: marker)
            let result = try await server.shell.run(script, on: try server.host())
            #expect(result.status == 7)
            #expect(result.outputText == "got one\ntwo\n")
            #expect(result.errorText == "oops\n")
            #expect(result.dropped == 0 && !result.wasBegun)
        }
    }

    @Test("output arrives line by line while the script runs")
    func streaming() async throws {
        try await SSHServer.with { server in
            let lines = Lines()
            let gate = server.folder.file("gate")
            // Ends only when its first line has been seen here.
            let script = try ShellScript("echo first; until [ -e '\(gate)' ]; do sleep 0.05; done; printf last")
            async let result = server.shell.run(script, on: try server.host()) { await lines.append($0) }
            await lines.contains("first")
            try server.folder.write("", "gate")
            #expect(try await result.outputText == "first\nlast")
            #expect(await lines.all == [ShellLine(.output, "first"), ShellLine(.output, "last")])
        }
    }

    @Test("a script has its user's umask, its text is deleted at its end, and only its user can read the rest")
    func traces() async throws {
        try await SSHServer.with { server in
            let script = try ShellScript("umask; ls \"$HOME/.sprun/steps/m\"", input: "in", marker: "m")
            let result = try await server.shell.run(script, on: try server.host())
            #expect(result.outputText == "0022\nerr\ninput\nout\npid\nscript\n")
            #expect(try server.folder.names(below: "home/.sprun/steps/m") == ["err", "out", "pid", "status"])
            for name in ["home/.sprun", "home/.sprun/steps", "home/.sprun/steps/m"] {
                #expect(try server.folder.mode(name) == 0o700)
            }
            await server.shell.forget("m", on: try server.host())
            #expect(try server.folder.names(below: "home/.sprun/steps/m") == ["status"])
        }
    }

    @Test("a script without a marker leaves nothing")
    func withoutMarker() async throws {
        try await SSHServer.with { server in
            _ = try await server.shell.run(try ShellScript("true"), on: try server.host())
            #expect(try server.folder.names(below: "home/.sprun/steps") == [])
        }
    }

    @Test("output beyond the limit is dropped and counted")
    func tooMuch() async throws {
        try await SSHServer.with { server in
            let script = try ShellScript("head -c 1500000 /dev/zero | tr '\\0' x; echo end >&2")
            let result = try await server.shell.run(script, on: try server.host())
            #expect(result.output.count == 1 << 20)
            #expect(result.dropped == 1_500_000 - (1 << 20))
            #expect(result.errorText == "end\n")
        }
    }

    @Test("a script ends although a process that it started keeps running")
    func daemon() async throws {
        try await SSHServer.with { server in
            let script = try ShellScript("sleep 600 & echo $!")
            let result = try await server.shell.run(script, on: try server.host())
            let left = try #require(Int32(result.outputText.dropLast()))
            kill(left, SIGKILL)
            #expect(result.status == 0)
        }
    }

    @Test("a script that exceeds its timeout is ended, with the processes that it started")
    func timeLimit() async throws {
        try await SSHServer.with { server in
            let lines = Lines()
            let script = try ShellScript(
                "sleep 600 & echo $!; echo $$; echo begun; wait", marker: "slow", limit: .seconds(77))
            // The time is up when the script runs.
            let shell = server.shell { duration in
                if duration == .seconds(77) {
                    await lines.contains("begun")
                } else {
                    try await Task.sleep(for: duration)
                }
            }
            let failure = await failure {
                _ = try await shell.run(script, on: try server.host()) { await lines.append($0) }
            }
            #expect(failure?.code == .timedOut)
            #expect(failure?.delivery == .rejected)
            #expect(failure?.message.contains("sprun ended it") == true)
            let processes = await lines.all.compactMap { Int32($0.text) }
            #expect(processes.count == 2)
            for process in processes { #expect(!isRunning(process)) }
            // Whoever asks again is told the same.
            let again = await SecureShellTests.failure { _ = try await server.shell.run(script, on: try server.host()) }
            #expect(again?.code == .timedOut)
        }
    }

    @Test("no secret is in an argument list or an environment while a script runs")
    func secrets() async throws {
        try await SSHServer.with { server in
            let secret = "canary-\(UUID().uuidString)"
            let watch = ProcessWatch(secret)
            let watching = Task { await watch.run() }
            let script = try ShellScript(
                "read -r it; : \(secret); sleep 1; echo ${#it}", input: "\(secret)\n", marker: "w")
            let result = try await server.shell.run(script, on: try server.host(fingerprint: server.fingerprint))
            _ = try await server.shell.copy(
                try ShellFile(.init(Array(secret.utf8)), path: "\(server.home)/secret", mode: "0600"),
                to: try server.host())
            watching.cancel()
            await watching.value
            #expect(result.outputText == "\(secret.utf8.count)\n")
            #expect(await watch.hits == [])
            // It has seen both sides.
            #expect(await watch.seen.isSuperset(of: ["ssh", "sprun-step"]))
        }
    }
}

/// Whether a process runs; one that has ended and waits for its parent does not.
func isRunning(_ process: Int32) -> Bool {
    guard let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
    return state.split(separator: " ").dropFirst(2).first != "Z"
}
