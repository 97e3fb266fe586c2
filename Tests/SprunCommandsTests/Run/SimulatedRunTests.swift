import Foundation
import Subprocess
import Testing

@Suite("sprun run --simulate")
struct SimulatedRunTests {
    @Test("keeps its account between runs, readable by the owner only")
    func persistence() async throws {
        let user = try User()
        let first = try await user.sprun(
            "run", "--simulate", Installation.recipe("new-site.lua"), "server=www1", "domain=acme.example")
        #expect(first.status == .exited(0), "\(first)")
        #expect(first.error.contains("3 created"))
        let second = try await user.sprun(
            "run", "--simulate", Installation.recipe("new-site.lua"), "server=www1", "domain=acme.example")
        #expect(second.status == .exited(0))
        #expect(second.error.contains("nothing changed"), "\(second)")
        #expect(!second.error.contains("+ "))
        #expect(try user.mode("home/state/simulated-account.json") == 0o600)
        #expect(try user.mode("home/state") == 0o700)
    }

    @Test("does not write an account that is as it was read")
    func unchanged() async throws {
        let user = try User()
        let first = try await user.sprun("run", "--simulate", "-e", "return 1")
        #expect(first.status == .exited(0) && user.has("home/state/simulated-account.json"), "\(first)")
        /// The file's number, which each write changes.
        func number() async throws -> String {
            try await user.shell("ls -i home/state/simulated-account.json").output
        }
        let written = try await number()
        for recipe in ["return 1", "print(#sp.apps())", "sp.find_server{ name = 'www1' }", "error('stop')"] {
            _ = try await user.sprun("run", "--simulate", "-e", recipe)
            #expect(try await number() == written, "\(recipe)")
        }
        // The time and the random numbers are parts of the account.
        let waited = try await user.sprun("run", "--simulate", "-e", "sp.sleep('1h') print(sp.time())")
        let after = try await number()
        #expect(after != written)
        let later = try await user.sprun("run", "--simulate", "-e", "print(sp.time())")
        #expect(later.output == waited.output)
        #expect(try await number() == after)
        _ = try await user.sprun(
            "run", "--simulate", "-e", "sp.create_sshkey{ name = 'joe', public_key = 'ssh-rsa AAAA' }")
        #expect(try await number() != after)
    }

    @Test("keeps the changes of a failed run")
    func failed() async throws {
        let user = try User()
        let failed = try await user.sprun(
            "run", "--simulate", "-e",
            "sp.create_sysuser{ serverid = sp.servers()[1].id, name = 'acme' } error('stop')")
        #expect(failed.status == .exited(1))
        let after = try await user.sprun("run", "--simulate", "-e", "print(#sp.sysusers{ name = 'acme' })")
        #expect(after.output == "1\n", "\(after)")
    }

    @Test("ten simulated hours end long before the process's time limit")
    func virtualTime() async throws {
        let user = try User()
        let run = try await user.sprun("run", "--simulate", "-e", "sp.sleep('10h') print(sp.time() > 1e9)")
        #expect(run.output == "true\n", "\(run)")
    }

    @Test("fails while another run holds the account")
    func held() async throws {
        let user = try User()
        try user.write("long.lua", "for i = 1, 20000 do print(i, ('x'):rep(1000)) end")
        // The first run cannot end before somebody reads what it prints.
        let run = try await user.shell(
            """
            "$SPRUN" run --simulate long.lua | {
                read -r line
                "$SPRUN" run --simulate -e 'print(1)' 2> second.error
                echo $? > second.status
                cat > /dev/null
            }
            "$SPRUN" run --simulate -e 'print("free again")'
            """)
        #expect(try user.read("second.status") == "5\n", "\(run)")
        #expect(try user.read("second.error").contains("error[SP0108]: another run holds the simulated account"))
        #expect(run.output == "free again\n", "\(run)")
    }

    @Test(
        "does not change an account that it cannot read",
        arguments: ["", "{", "null", #"{"format_version": 999}"#, #"{"format_version": 1}"#, "\0\0\0\0"])
    func damaged(_ text: String) async throws {
        let user = try User()
        try user.write("home/state/simulated-account.json", text)
        let run = try await user.sprun("run", "--simulate", "-e", "print(1)")
        #expect(run.status == .exited(1))
        #expect(run.output.isEmpty)
        #expect(run.error.contains("error[SP0109]"), "\(run)")
        #expect(run.error.contains("hint: start with a new account: rm \(user.home)/state/simulated-account.json"))
        #expect(try user.read("home/state/simulated-account.json") == text)
    }

    @Test("reports an unwritable folder before the recipe runs")
    func unwritable() async throws {
        let user = try User()
        try user.write("file", "")
        let run = try await user.sprun(
            "run", "--simulate", "-e", "print('ran')", environment: ["SPRUN_HOME": "\(user.folder)/file/home"])
        #expect(run.status == .exited(1))
        #expect(run.error.contains("error[SP0107]"), "\(run)")
        #expect(run.output.isEmpty)
    }

    @Test("reports a folder without write permission", .disabled(if: Installation.isSuperuser))
    func forbidden() async throws {
        let user = try User()
        try user.write("home/x", "")
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: user.home)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: user.home) }
        let run = try await user.sprun("run", "--simulate", "-e", "print('ran')")
        #expect(run.status == .exited(1))
        #expect(run.error.contains("error[SP0107]"), "\(run)")
    }

    @Test("without SPRUN_HOME follows the XDG rules", arguments: [true, false])
    func folders(_ hasXDG: Bool) async throws {
        let user = try User()
        var variables = ["SPRUN_HOME": "", "HOME": "\(user.folder)/me"]
        if hasXDG { variables["XDG_STATE_HOME"] = "\(user.folder)/xdg" }
        let run = try await user.sprun("run", "--simulate", "-e", "print(1)", environment: variables)
        #expect(run.status == .exited(0), "\(run)")
        #expect(user.has((hasXDG ? "xdg" : "me/.local/state") + "/sprun/simulated-account.json"))
        let homeless = try await user.sprun(
            "run", "--simulate", "-e", "print(1)", environment: ["SPRUN_HOME": ""])
        #expect(homeless.status == .exited(64))
        #expect(homeless.error.contains("neither HOME nor SPRUN_HOME is set"))
    }

    @Test("the recipes that ship run", arguments: ["inventory.lua", "new-site.lua", "php-upgrade.lua"])
    func shipped(_ name: String) async throws {
        let user = try User()
        let parameters = [
            "new-site.lua": ["server=www4", "domain=bakery.example"], "php-upgrade.lua": ["below=php8.1"],
        ]
        let run = try await user.launch(
            ["run", "--simulate", Installation.recipe(name)] + parameters[name, default: []]
        ).run()
        #expect(run.status == .exited(0), "\(run)")
    }
}
