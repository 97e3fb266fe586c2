import Foundation
import Subprocess
import Testing

/// Scripts on a real sshd, as users of `sprun` run them.
@Suite("ssh of recipes", .timeLimit(.minutes(5)))
struct SSHRunTests {
    @Test("a script survives the end of the run; the resumed run waits for it, and it ran once")
    func killed() async throws {
        let user = try User()
        try await SSHDaemon.with(user) { daemon in
            try user.write(
                "install.lua",
                """
                local r = ssh.run{ \(daemon.options), stdin = sp.secret("key"), script = [[
                    read -r key
                    echo "ran ${#key}" >> "$HOME/ran"
                    echo "begun with $key"
                    until [ -e "$HOME/gate" ]; do sleep 0.1; done
                    echo at the end
                ]] }
                return { first = r.stdout:match("^begun with") ~= nil, last = r.stdout:match("at the end") }
                """)
            _ = try await Simulation.with(user) { simulation in
                let first = try await user.launch(["run", "install.lua"], environment: simulation.environment)
                    .run { program in
                        try await program.error.contains(": begun with <redacted>")
                        try program.send(.kill)
                    }.program
                #expect(first.status == .signaled(9), "\(first)")
                try user.write("\(SSHDaemon.home)/gate", "")
                let second = try await user.launch(["resume"], environment: simulation.environment).run()
                #expect(second.status == .exited(0), "\(second)")
                #expect(second.output.contains("at the end") && second.output.contains("true"), "\(second)")
                let ran = try user.read("\(SSHDaemon.home)/ran")
                #expect(ran.split(separator: "\n").count == 1, "\(ran)")
            }
        }
    }

    @Test("a failed script, a wrong key and an unreadable file end the run with their reasons")
    func failures() async throws {
        let user = try User()
        try await SSHDaemon.with(user) { daemon in
            try user.write("fails.lua", "ssh.run{ \(daemon.options), script = 'echo no space left >&2; exit 3' }")
            let wrong = daemon.options.replacing(
                daemon.fingerprint, with: "SHA256:" + String(repeating: "A", count: 43))
            try user.write("wrong.lua", "ssh.run{ \(wrong), script = 'true' }")
            try user.write("files/a", "text")
            try FileManager.default.createSymbolicLink(
                atPath: "\(user.folder)/files/escape", withDestinationPath: "/etc/passwd")
            try user.write(
                "copy.lua", "return { ssh.copy{ \(daemon.options), from = sp.params.from, to = sp.params.to }.changed }"
            )
            _ = try await Simulation.with(user) { simulation in
                func run(_ words: String...) async throws -> Finished {
                    try await user.launch(["run"] + words, environment: simulation.environment).run()
                }
                let fails = try await run("fails.lua")
                #expect(fails.status == .exited(1) && fails.error.contains("status 3: no space left"), "\(fails)")
                #expect(fails.error.contains("SP1001"), "\(fails)")
                let other = try await run("wrong.lua")
                #expect(other.status == .exited(1) && other.error.contains(daemon.fingerprint), "\(other)")
                let to = "to=\(user.folder)/\(SSHDaemon.home)/b"
                let copied = try await run("copy.lua", "from=files/a", to)
                #expect(copied.status == .exited(0), "\(copied)")
                #expect(try user.read("\(SSHDaemon.home)/b") == "text")
                for from in ["files/escape", "/etc/passwd", "../x"] {
                    let refused = try await run("copy.lua", "from=\(from)", to)
                    #expect(refused.status != .exited(0), "\(refused)")
                }
                #expect(try user.read("\(SSHDaemon.home)/b") == "text")
            }
        }
    }
}
