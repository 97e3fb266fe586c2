import Subprocess
import Testing

@Suite("Actions that a run did not wait for")
struct OpenActionTests {
    private static let create = """
        local server = sp.servers()[1]
        local _, first = sp.create_sysuser{ serverid = server.id, name = "acme" }
        local _, second = sp.create_sysuser{ serverid = server.id, name = "fern" }

        """

    @Test(
        "are listed at the end; those that a server has finished before a later action are not",
        arguments: [
            ("", "not waited for: create_sysuser acme, create_sysuser fern. "),
            ("sp.wait(first)", "not waited for: create_sysuser fern. "), ("sp.wait(second)", ""),
            ("sp.wait{ first, second }", ""), ("sp.delete_server(sp.servers()[2].id)", "create_sysuser fern"),
        ])
    func listed(_ rest: String, _ words: String) async throws {
        let run = try await User().sprun("run", "--simulate", "-e", Self.create + rest)
        #expect(run.status == .exited(0), "\(run)")
        #expect(run.error.contains("not waited for") == !words.isEmpty, "\(run)")
        #expect(words.isEmpty || run.error.contains(words), "\(run)")
    }

    @Test("are in the last event, and a quiet run does not list them")
    func events() async throws {
        let json = try await User().sprun("run", "--simulate", "--json", "-e", Self.create + "sp.wait(first)")
        #expect(json.lines.last?.contains(#""open_actions":["create_sysuser fern"]"#) == true, "\(json)")
        let quiet = try await User().sprun("run", "--simulate", "--quiet", "-e", Self.create)
        #expect(!quiet.error.contains("not waited for"), "\(quiet)")
    }
}
