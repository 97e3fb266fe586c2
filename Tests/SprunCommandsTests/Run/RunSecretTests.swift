import Foundation
import Subprocess
import Testing

@Suite("Generated secrets")
struct RunSecretTests {
    private static let recipe = """
        local password = sp.secret("password")
        print("it is " .. password)
        sp.log("it is " .. password)
        sp.warn("it is " .. password)
        local user = sp.create_sysuser{ serverid = sp.servers()[1].id, name = "acme", password = password }
        return { user = user.name, password = password }
        """

    private struct Kept: Decodable {
        let formatVersion: Int
        let recipe: String
        let secrets: [String: String]
    }

    /// What a run has kept in the state folder.
    private static func kept(_ user: User) throws -> Kept? {
        let names = user.names(in: "home/state/secrets")
        #expect(names.count <= 1)
        guard let name = names.first else { return nil }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Kept.self, from: Data(try user.read("home/state/secrets/\(name)").utf8))
    }

    @Test("are redacted in all output except a terminal, and saved in a file that only the owner can read")
    func redacted() async throws {
        for flags in [[], ["--json"]] {
            let user = try User()
            let run = try await user.launch(["run", "--simulate", "-e", Self.recipe] + flags).run()
            #expect(run.status == .exited(0))
            let kept = try #require(try Self.kept(user))
            #expect(kept.formatVersion == 1)
            let password = try #require(kept.secrets["password"])
            #expect(password.count == 24)
            #expect(!run.everything.contains(password))
            #expect(run.output.contains("it is <redacted>"))
            let name = user.names(in: "home/state/secrets")[0]
            #expect(run.error.contains("\(user.home)/state/secrets/\(name)"), "\(run)")
            #expect(try user.mode("home/state/secrets/\(name)") == 0o600)
            #expect(try user.mode("home/state/secrets") == 0o700)
        }
    }

    @Test("are shown in the result on request, and then not saved", arguments: [[], ["--json"]])
    func revealed(_ flags: [String]) async throws {
        let user = try User()
        let run = try await user.launch(
            ["run", "--simulate", "--reveal-secrets", "-e", Self.recipe] + flags
        ).run()
        #expect(run.status == .exited(0))
        #expect(try Self.kept(user) == nil)
        let line = try #require(run.lines.last { $0.contains("password") })
        let password = try #require(line.firstMatch(of: #/[A-Za-z0-9]{24}/#)).output
        #expect(!run.error.contains(password))
        #expect(run.output.contains("it is <redacted>"))
        #expect(run.output.ranges(of: password).count == 1)
    }

    @Test("are shown to a person at a terminal")
    func terminal() async throws {
        let user = try User()
        let run = try await user.sprunOnTerminal(["run", "--simulate", "--color", "never", "-e", Self.recipe])
        #expect(run.status == .exited(0))
        #expect(run.output.firstMatch(of: #/password  [A-Za-z0-9]{24}\r\n/#) != nil, "\(run)")
        #expect(try Self.kept(user) == nil)
    }

    @Test("are saved if the terminal does not show the list that contains them")
    func counted() async throws {
        let user = try User()
        let code = """
            sp.create_sysuser{ serverid = sp.servers()[1].id, name = "acme", password = sp.secret("a") }
            print("2 sites")
            return { sites = { { name = "a", password = sp.secret("a") }, { name = "b" } } }
            """
        let run = try await user.sprunOnTerminal(["run", "--simulate", "-e", code])
        #expect(run.status == .exited(0))
        let secret = try #require(try Self.kept(user)?.secrets["a"], "\(run)")
        #expect(!run.output.contains(secret))
    }

    @Test("are saved if the result could not be written")
    func lost() async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        let run = try await user.shell(#""$SPRUN" run --simulate --reveal-secrets site.lua >&-"#)
        #expect(run.status == .exited(1))
        #expect(try Self.kept(user)?.secrets["password"]?.count == 24, "\(run)")
    }

    @Test("are complete in --result FILE, and not saved twice")
    func resultFile() async throws {
        let user = try User()
        let run = try await user.sprun("run", "--simulate", "--result", "r.json", "-e", Self.recipe)
        #expect(run.status == .exited(0))
        let result = try JSONDecoder().decode(
            [String: String].self, from: Data(try user.read("r.json").utf8))
        let password = try #require(result["password"])
        #expect(password.count == 24)
        #expect(!run.everything.contains(password))
        #expect(try Self.kept(user) == nil)
        #expect(try user.mode("r.json") == 0o600)
    }

    @Test("are saved if the run fails after using them")
    func failed() async throws {
        let user = try User()
        let run = try await user.sprun(
            "run", "--simulate", "-e", Self.recipe.replacingOccurrences(of: "return", with: "nope() return"))
        #expect(run.status == .exited(1))
        let password = try #require(try Self.kept(user)?.secrets["password"])
        #expect(!run.everything.contains(password))
        #expect(run.error.contains("generated secrets are in"))
    }

    @Test("are not shown in errors that quote them, nor in the name of a resource")
    func quoted() async throws {
        let user = try User()
        let code = """
            local password = sp.secret("p", { length = 30 }):reveal():lower():gsub("%d", "x")
            sp.create_sysuser{ serverid = sp.servers()[1].id, name = "acme", password = password }
            local name = password
            sp.create_sshkey{ name = name, public_key = sp.params.key }
            error("the password is " .. password)
            """
        let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJwZnR6dGVzdGtleXRlc3RrZXl0ZXN0a2V5dGVzdGtl"
        let run = try await user.sprun("run", "--simulate", "-e", code, "key=\(key)")
        #expect(run.status == .exited(1))
        #expect(run.error.contains("the password is <redacted>"), "\(run)")
        #expect(run.error.contains("+ SSH key <redacted>  created"), "\(run)")
    }
}
