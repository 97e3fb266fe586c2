import Subprocess
import Testing

@Suite("Help")
struct HelpTests {
    static let commands = [
        [], ["run"], ["plan"], ["apply"], ["resume"], ["runs"], ["show"], ["simulate"], ["login"], ["doctor"],
        ["explain"], ["recipes"], ["new"], ["help"],
    ]

    @Test("of each command shows an example before any option, on one screen", arguments: commands)
    func screen(_ command: [String]) async throws {
        let user = try User()
        let run = try await user.launch(command + ["--help"]).run()
        #expect(run.status == .exited(0))
        #expect(run.error.isEmpty)
        let lines = run.lines
        #expect(lines.count <= 40)
        #expect(lines.allSatisfy { $0.count <= 80 })
        let example = try #require(lines.firstIndex { $0.contains("sprun \(command.first ?? "run")") })
        let options = try #require(lines.firstIndex { $0.hasPrefix("OPTIONS") })
        #expect(example < options)
        let asked = try await user.launch(["help"] + command).run()
        #expect(asked.output == run.output)
    }

    @Test("--version names sprun and Swift")
    func version() async throws {
        let run = try await User().sprun("--version")
        #expect(run.status == .exited(0))
        #expect(run.lines.first?.wholeMatch(of: #/sprun \d+\.\d+\.\d+/#) != nil, "\(run)")
        #expect(run.output.contains("Swift 6"))
    }

    @Test(
        "a misspelt command gets the nearest name",
        arguments: [("simulat", "simulate"), ("doctr", "doctor"), ("logni", "login"), ("explian", "explain")])
    func typo(_ word: String, _ command: String) async throws {
        let run = try await User().sprun(word)
        #expect(run.status == .exited(64))
        #expect(run.error.contains("hint: did you mean the command 'sprun \(command)'?"), "\(run)")
    }

    @Test(
        "an unknown option is rejected, with the nearest option",
        arguments: [
            ("run", "--simulat", "--simulate"), ("run", "--endpiont", "--endpoint"), ("simulate", "--sped", "--speed"),
            ("login", "--no-chek", "--no-check"), ("doctor", "--jsno", "--json"),
        ])
    func unknownOption(_ command: String, _ option: String, _ nearest: String) async throws {
        let run = try await User().sprun(command, option)
        #expect(run.status == .exited(64))
        #expect(run.error.contains("Unknown option '\(option)'. Did you mean '\(nearest)'?"), "\(run)")
    }

    @Test("explain accepts a number in any case, or a code")
    func explain() async throws {
        let user = try User()
        for word in ["SP0301", "sp0301", "unauthorized"] {
            let run = try await user.sprun("explain", word)
            #expect(run.status == .exited(0))
            let head = "SP0301: ServerPilot rejected the credentials (unauthorized, exit status 4)"
            #expect(run.lines.first == head)
            #expect(run.lines.contains("  sprun login"), "\(run)")
        }
    }

    @Test("explain of an unknown error names the nearest")
    func explainUnknown() async throws {
        let run = try await User().sprun("explain", "SP031")
        #expect(run.status == .exited(64))
        #expect(run.output.isEmpty)
        #expect(run.error.contains("no error has the code 'SP031'\n  = hint: did you mean 'SP0"), "\(run)")
        let code = try await User().sprun("explain", "confilct")
        #expect(code.error.contains("did you mean 'conflict'?"), "\(code)")
    }

    @Test("every error that is shown has an explanation")
    func ownErrors() async throws {
        let user = try User()
        // The code of errors that a recipe makes itself.
        let run = try await user.sprun("run", "--simulate", "-e", "error({ code = 'mine', message = 'm' })")
        let number = try #require(run.error.firstMatch(of: #/sprun explain (SP\d+)/#)).output.1
        let explained = try await user.sprun("explain", String(number))
        #expect(explained.status == .exited(0), "\(run)\(explained)")
    }
}
