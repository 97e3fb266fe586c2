import Foundation
import Subprocess
import Testing

/// The script that `sp.cloud_init` gives, run by a shell on a machine whose tools are false ones.
@Suite("The user data of a new machine", .timeLimit(.minutes(5)))
struct CloudInitTests {
    /// The tools of the machine, which write down their calls beside them.
    private static let tools = [
        // It is refused the lock as often as the file `refusals` says; with it comes wget.
        "apt-get": """
        echo "$*" >> tries
        [ "$(wc -l < tries)" -gt "$(cat refusals)" ] || { echo "E: Could not get lock" >&2; exit 100; }
        case "$*" in *install*) mv bin/wget-to-come bin/wget ;; esac
        """,
        "wget-to-come": "cp installer \"$3\"",
        // Somebody else's package manager runs for its first two looks.
        "fuser": "echo look >> looks; [ \"$(wc -l < looks)\" -le 2 ]",
        "sleep": "echo \"$1\" >> sleeps",
        "sudo": "shift 2; exec \"$@\"",
    ]

    private static func machine(refusals: Int) async throws -> User {
        let user = try User()
        let run = try await user.sprun(
            "run", "--simulate", "--result", "made.json", "-e",
            #"return { script = sp.cloud_init((sp.create_server{ name = "www9" })) }"#)
        #expect(run.status == .exited(0), "\(run)")
        let made = try JSONSerialization.jsonObject(with: Data(try user.read("made.json").utf8)) as? [String: Any]
        try user.write("user-data", try #require(made?["script"] as? String))
        try user.write("installer", "cp \"$APT_CONFIG\" installed\n")
        try user.write("refusals", "\(refusals)\n")
        _ = try await user.shell(
            """
            mkdir bin tools
            for tool in sh id mktemp rm env cat cp mv test wc; do ln -s "$(command -v $tool)" tools/$tool; done
            """)
        for (name, text) in tools { try user.write("bin/\(name)", "#!/bin/sh\n\(text)\n") }
        return user
    }

    private static func boot(_ user: User) async throws -> Finished {
        try await user.shell("chmod +x bin/*; PATH=\"$PWD/bin:$PWD/tools\" sh user-data")
    }

    @Test("retries apt while the package lock is held, and starts the installer once it is free")
    func locked() async throws {
        let user = try await Self.machine(refusals: 3)
        let run = try await Self.boot(user)
        #expect(run.status == .exited(0), "\(run)")
        let tries = try user.read("tries").split(separator: "\n")
        #expect(tries.count == 5 && tries.allSatisfy { $0.contains("DPkg::Lock::Timeout=") }, "\(tries)")
        #expect(try user.read("installed").contains("DPkg::Lock::Timeout"), "the installer's own calls wait too")
        #expect(try user.read("sleeps").split(separator: "\n").count == 3 + 2)
    }

    @Test("stops after the maximum of tries")
    func bounded() async throws {
        let user = try await Self.machine(refusals: 1000)
        let run = try await Self.boot(user)
        #expect(run.status != .exited(0) && run.error.contains("Could not get lock"), "\(run)")
        #expect(try user.read("tries").split(separator: "\n").count == 30)
        #expect(!user.has("installed"))
    }
}
