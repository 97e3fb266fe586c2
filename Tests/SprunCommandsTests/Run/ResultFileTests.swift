import Foundation
import Subprocess
import Testing

/// `--result FILE`: looked at before anything is done, and never made poorer.
@Suite("The file of --result", .timeLimit(.minutes(5)))
struct ResultFileTests {
    private static let recipe = """
        local server = sp.find_server{ name = sp.params.server or "www1" }
        local password = sp.secret("password")
        local user, status = sp.ensure_sysuser{ serverid = server.id, name = "acme", password = password }
        return { server = server.name, user = user.name, status = status, password = password }
        """

    private static func run(_ user: User, _ words: String...) async throws -> Finished {
        try await user.launch(["run", "--simulate"] + words).run()
    }

    private static func result(_ user: User, _ name: String = "r.json") throws -> [String: String?] {
        try JSONDecoder().decode([String: String?].self, from: Data(try user.read(name).utf8))
    }

    @Test(
        "a path that cannot be written is an error before the first change",
        arguments: [
            ("folder", "is a folder"), ("site.lua", "may contain a password"), ("file/r.json", "cannot be written"),
            ("", "the name is empty"),
        ])
    func checked(_ name: String, _ told: String) async throws {
        let user = try User()
        try user.write("folder/inside", "x")
        try user.write("file", "x")
        try user.write("site.lua", Self.recipe)
        let refused = try await Self.run(user, "--result", name, "site.lua")
        #expect(refused.status == .exited(1), "\(refused)")
        #expect(refused.error.contains(told), "\(refused)")
        #expect(try user.read("site.lua") == Self.recipe)
        // The account is as it was: now the user is made.
        let made = try await Self.run(user, "--result", "r.json", "site.lua")
        #expect(try Self.result(user)["status"] == "created", "\(made)")
    }

    @Test("a second run keeps the password that only the first run knew, and says so; always sets a new password")
    func kept() async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        let made = try await Self.run(user, "--result", "r.json", "site.lua")
        #expect(made.error.contains("<redacted> in the result: password. r.json has the secrets\n"), "\(made)")
        let password = try #require(try Self.result(user)["password"] ?? nil)
        for flags in [["--result", "r.json"], ["--json", "--result", "r.json"]] {
            let again = try await user.launch(["run", "--simulate"] + flags + ["site.lua"]).run()
            #expect(again.status == .exited(0), "\(again)")
            #expect(again.error.contains("null in the result: password"), "\(again)")
            #expect(again.error.contains("r.json keeps secrets of the earlier result: password"), "\(again)")
            #expect(!again.everything.contains(password))
            #expect(
                try Self.result(user) == [
                    "server": "www1", "user": "acme", "status": "unchanged", "password": password,
                ])
        }
        try user.write(
            "site.lua",
            Self.recipe.replacing(
                "password = password }\nreturn", with: "password = password, set_password = \"always\" }\nreturn"))
        _ = try await Self.run(user, "--result", "r.json", "site.lua")
        let renewed = try Self.result(user)
        #expect(renewed["status"] == "updated" && renewed["password"] != password, "\(renewed)")
    }

    @Test("passwords of another resource are replaced only with --force")
    func refused() async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        _ = try await Self.run(user, "site.lua", "server=www4")
        _ = try await Self.run(user, "--result", "r.json", "site.lua")
        let before = try user.read("r.json")
        let other = try await Self.run(user, "--result", "r.json", "site.lua", "server=www4")
        #expect(other.status == .exited(1) && other.error.contains("error[SP0114]"), "\(other)")
        #expect(other.error.contains("did not change it: password") && other.error.contains("--force"), "\(other)")
        #expect(try user.read("r.json") == before)
        let forced = try await Self.run(user, "--force", "--result", "r.json", "site.lua", "server=www4")
        #expect(forced.status == .exited(0), "\(forced)")
        #expect(try Self.result(user)["server"] == "www4")
    }

    @Test("two runs of new-site with one file keep all passwords and add new members")
    func newSite() async throws {
        let user = try User()
        let words = ["run", "--simulate", "--result", "r.json", "new-site", "server=www1", "domain=acme.example"]
        _ = try await user.launch(words).run()
        let first = try Self.result(user)
        _ = try await user.launch(words).run()
        let second = try Self.result(user)
        for name in ["user_password", "database_password"] {
            #expect(first[name]??.count == 24 && first[name] == second[name], "\(second)")
        }
    }
}
