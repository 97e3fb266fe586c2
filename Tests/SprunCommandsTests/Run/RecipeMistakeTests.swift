import Subprocess
import Testing

/// Recipes with a mistake in them: each is told clearly, and nothing is changed.
@Suite("A mistake in a recipe")
struct RecipeMistakeTests {
    struct Mistake: CustomTestStringConvertible {
        let testDescription: String
        let code: String
        let status: TerminationStatus
        let told: [String]
    }

    /// What comes after each mistake, and must not be reached.
    private static let change = #" sp.create_sysuser{ serverid = "srvAAAAAAAAAAAA1", name = "acme" }"#

    static let mistakes = [
        Mistake(
            testDescription: "text that is not Lua", code: "local x = = 1",
            status: .exited(1), told: ["error[SP0201]", "near '='", "-e:1"]),
        Mistake(
            testDescription: "an undefined global", code: #"prnt("x")"#,
            status: .exited(1), told: ["error[SP0202]", "'prnt'", "did you mean 'print'?", "-e:1"]),
        Mistake(
            testDescription: "a function that does not exist", code: "sp.create_ap{}",
            status: .exited(1), told: ["error[SP0202]", "'create_ap'", "did you mean 'create_app'?"]),
        Mistake(
            testDescription: "a misspelt key", code: #"sp.create_sysuser{ serverid = "s", nmae = "acme" }"#,
            status: .exited(1),
            told: ["error[SP0204]", "unknown argument 'nmae' (did you mean 'name'?)", "this call sent nothing"]),
        Mistake(
            testDescription: "three broken rules in one call",
            code: #"sp.create_db{ appid = "a", name = "x", user = { name = ("u"):rep(17), password = "short" } }"#,
            status: .exited(1),
            told: ["error[SP0204]", "3 problems", "'name' must", "'user.name' must", "'user.password' must"]),
        Mistake(
            testDescription: "a call that waits, inside table.sort",
            code: "table.sort({ 3, 2, 1 }, function(a, b) sp.servers() return a < b end)",
            status: .exited(1), told: ["error[SP0202]", "sp.servers() cannot wait inside table.sort's comparator"]),
        Mistake(
            testDescription: "an endless loop", code: "while true do end",
            status: .exited(8), told: ["error[SP0602]", "endless loop"]),
        Mistake(
            testDescription: "a table of 10 GB",
            code: "local t = {} for i = 1, 10 * 1024 do t[i] = ('x'):rep(1 << 20) .. i end",
            status: .exited(8), told: ["error[SP0601]", "memory"]),
        Mistake(
            testDescription: "an error of its own", code: #"error("no such domain")"#,
            status: .exited(1), told: ["error[SP0202]", "no such domain"]),
    ]

    @Test("is reported with place and code, and changes nothing", arguments: mistakes)
    func mistake(_ mistake: Mistake) async throws {
        let user = try User()
        try await Judge.with(.honest, user) { judge in
            let run = try await user.sprun(
                "run", "-e", mistake.code + Self.change, environment: judge.environment)
            #expect(run.status == mistake.status, "\(run)")
            for text in mistake.told { #expect(run.error.contains(text), "\(text) is missing:\n\(run)") }
            #expect(run.error.contains("more: sprun explain SP"))
            #expect(run.output.isEmpty)
            #expect(await judge.changes == [])
        }
    }

    @Test("a table of 10 GB uses no more memory than the limit of a recipe")
    func memory() async throws {
        let user = try User()
        let run = try await user.python(
            "measure.py",
            [
                "\(user.folder)/peak", try Installation.sprun(), "run", "--simulate", "-e",
                "local t = {} for i = 1, 10 * 1024 do t[i] = ('x'):rep(1 << 20) .. i end",
            ])
        #expect(run.status == .exited(8))
        let peak = try #require(Int(try user.read("peak")))
        #expect(peak < 400_000, "\(peak) KB")
    }

    @Test("an invalid value that may be a secret is not quoted")
    func brokenSecret() async throws {
        let user = try User()
        let run = try await user.sprun(
            "run", "--simulate", "-e",
            "sp.create_sysuser{ serverid = sp.servers()[1].id, name = 'acme', password = sp.params.password }",
            "password= hunter22 ")
        #expect(run.status == .exited(1))
        #expect(run.error.contains("'password'"))
        #expect(!run.everything.contains("hunter22"))
    }
}
