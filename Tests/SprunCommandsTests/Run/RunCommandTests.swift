import Foundation
import Subprocess
import Testing

@Suite("sprun run: the recipe and its parameters")
struct RunCommandTests {
    @Test("a file runs, with and without the word run", arguments: [["run"], []])
    func file(_ verb: [String]) async throws {
        let user = try User()
        try user.write("site.lua", "print('hello ' .. sp.params.name)")
        let run = try await user.launch(verb + ["--simulate", "site.lua", "name=acme"]).run()
        #expect(run.status == .exited(0), "\(run)")
        #expect(run.output == "hello acme\n")
        #expect(run.error.isEmpty)
    }

    @Test("a recipe with a shebang is a program, and its lines count from the first")
    func shebang() async throws {
        let user = try User()
        try user.write("site.lua", "#!/usr/bin/env sprun\nprint(sp.params.a)\nnope()\n", mode: 0o755)
        let path = try Installation.folder() + ":" + Installation.searchPath
        let run = try await user.shell("./site.lua --simulate a=1", environment: ["PATH": path])
        #expect(run.status == .exited(1))
        #expect(run.output == "1\n")
        #expect(run.error.contains("--> ./site.lua:3"), "\(run)")
    }

    @Test("- reads standard input, also from a socket")
    func standardInput() async throws {
        let user = try User()
        let run = try await user.sprun("run", "--simulate", "-", "a=2", input: "print(sp.params.a)\nnope()")
        #expect(run.output == "2\n")
        #expect(run.error.contains("--> -:2"), "\(run)")
        let script = """
            import os, socket, subprocess, sys
            ours, theirs = socket.socketpair()
            ours.sendall(b"print('from a socket')")
            ours.close()
            sys.exit(subprocess.run([os.environ["SPRUN"], "run", "--simulate", "-"], stdin=theirs).returncode)
            """
        try user.write("handover.py", script)
        let socket = try await user.shell("python3 handover.py")
        #expect(socket.status == .exited(0), "\(socket)")
        #expect(socket.output == "from a socket\n")
    }

    @Test("-e runs its text, and every word is then a parameter", arguments: [["run"], []])
    func code(_ verb: [String]) async throws {
        let run = try await User().launch(verb + ["--simulate", "-e", "print(sp.params.a)", "a=3"]).run()
        #expect(run.output == "3\n", "\(run)")
    }

    @Test("the value of a parameter is everything after the first =")
    func values() async throws {
        let run = try await User().sprun(
            "run", "--simulate", "-e", "print('[' .. sp.params.a .. ']', sp.params['b-c'], sp.params.d)", "a= ",
            "b-c=x=y=z", "d=wörd \"quoted\"")
        #expect(run.output == "[ ]\tx=y=z\twörd \"quoted\"\n", "\(run)")
    }

    @Test(
        "a word that is not a parameter is rejected before the recipe runs",
        arguments: [
            (["domain"], "'domain' is not a parameter"), (["=x"], "'=x' is not a parameter"),
            (["a b=c"], "'a b=c' is not a parameter"), (["a=1", "a=2"], "the parameter 'a' appears twice"),
        ])
    func badParameters(_ words: [String], _ message: String) async throws {
        let run = try await User().launch(["run", "--simulate", "-e", "print('ran')"] + words).run()
        #expect(run.status == .exited(64))
        #expect(run.error.contains("error[SP0101]: \(message)"), "\(run)")
        #expect(run.output.isEmpty)
    }

    @Test("an unreadable recipe is an error with the reason")
    func unreadable() async throws {
        let user = try User()
        try user.write("folder.lua/x", "")
        try user.write("large.lua", String(repeating: "-- five megabytes\n", count: 300_000))
        for (file, reason) in [
            ("missing.lua", "no such file or directory"), ("folder.lua", "is a directory"),
            ("large.lua", "larger than 4 MiB"),
        ] {
            let run = try await user.sprun("run", "--simulate", file)
            #expect(run.status == .exited(64), "\(run)")
            #expect(run.error.contains("error[SP0102]: the recipe '\(file)'"))
            #expect(run.error.contains(reason))
        }
        let none = try await user.sprun("run")
        #expect(none.status == .exited(64))
        #expect(none.error.contains("no recipe named"))
    }

    @Test("without an account and --simulate, the error names both choices")
    func noAccount() async throws {
        let user = try User()
        let run = try await user.sprun("run", "-e", "print('ran')")
        #expect(run.status == .exited(4))
        #expect(run.output.isEmpty)
        #expect(run.error.contains("error[SP0103]: no ServerPilot credentials found"))
        #expect(run.error.contains("sprun login"))
        #expect(run.error.contains("sprun run --simulate FILE"))
    }

    @Test("a byte order mark and Windows line ends are not part of the recipe")
    func windows() async throws {
        let user = try User()
        try user.write("site.lua", "\u{FEFF}print('read')\r\nnope()\r\n")
        let run = try await user.sprun("run", "--simulate", "site.lua")
        #expect(run.output == "read\n", "\(run)")
        #expect(run.error.contains("2 | nope()\n"), "\(run)")
    }

    @Test("the recipe sees neither the environment nor the credentials")
    func isolation() async throws {
        let code = """
            print(sp.params.SERVERPILOT_API_KEY, rawget(_G, "io"), rawget(_G, "os"), rawget(_G, "require"))
            """
        let run = try await User().sprun(
            "run", "--simulate", "-e", code,
            environment: ["SERVERPILOT_CLIENT_ID": "cid_right", "SERVERPILOT_API_KEY": "key_right"])
        #expect(run.output == "nil\tnil\tnil\tnil\n", "\(run)")
    }
}
