import Subprocess
import Testing

@Suite("Completion in bash")
struct CompletionTests {
    /// The words that bash offers at the end of a command line.
    private func offered(_ words: [String], _ user: User) async throws -> [String] {
        let script = """
            sprun() { "$SPRUN" "$@"; }
            compopt() { :; }
            eval "$("$SPRUN" --generate-completion-script bash)"
            COMP_WORDS=(sprun \(words.map { "'\($0)'" }.joined(separator: " ")))
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            COMP_LINE="${COMP_WORDS[*]}"
            COMP_POINT=${#COMP_LINE}
            _sprun sprun "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        try user.write("complete.sh", script)
        let run = try await user.shell("PATH=\"$(dirname \"$SPRUN\"):$PATH\" bash complete.sh")
        #expect(run.status == .exited(0), "\(run)")
        return run.lines.map { $0.replacing(" ", with: "") }
    }

    @Test("offers recipes, then their remaining parameters")
    func recipes() async throws {
        let user = try User()
        try user.write(
            "mine.lua",
            "return recipe { name = 'mine', version = '1.0.0', summary = 's', needs = {}, params = { colour = param.string{}, size = param.string{} }, run = function() end }"
        )
        #expect(try await offered(["run", ""], user).contains("mine.lua"))
        #expect(try await offered(["run", "new-s"], user) == ["new-server", "new-site"])
        #expect(try await offered(["plan", "--simulate", "mine.lua", ""], user) == ["colour=", "size="])
        #expect(try await offered(["run", "mine.lua", "size=1", ""], user) == ["colour="])
        #expect(try await offered(["show", "new-s"], user) == ["new-server", "new-site"])
    }

    @Test("offers codes and profiles")
    func names() async throws {
        let user = try User()
        try user.write("home/profiles/client-a.toml", "client_id = \"a\"\napi_key = \"b\"\n")
        #expect(try await offered(["explain", "SP010"], user).prefix(2) == ["SP0101", "SP0102"])
        #expect(try await offered(["run", "--profile", ""], user) == ["client-a"])
    }

    @Test("offers runs")
    func runs() async throws {
        let user = try User()
        let id = try await Simulation.with(user, ["--port", "0"]) { simulation in
            let run = try await user.launch(
                ["run", "--json", "-e", "sp.create_sysuser{ serverid = sp.servers()[1].id, name = 'acme' }"],
                environment: simulation.environment
            ).run()
            return try #require(run.output.firstMatch(of: #/"run":"(\w+)"/#)).output.1
        }.value
        #expect(try await offered(["undo", ""], user) == [String(id)])
        #expect(try await offered(["resume", String(id.prefix(2))], user) == [String(id)])
    }
}
