import Groundwork
import RecipeEngine
import Testing

/// What is taken for a host, and what for something else.
@Suite("Hosts for scripts", .timeLimit(.minutes(3)))
struct ShellHostTests {
    @Test(
        "names, addresses and ports are hosts", arguments: ["a", "www1.example.com", "192.0.2.7", "2001:db8::1", "::1"])
    func hosts(name: String) throws {
        #expect(try ShellHost(name, port: 2222, user: "root").name == name)
    }

    @Test(
        "texts that ssh could take for an option or for several words are rejected",
        arguments: [
            "", "-oProxyCommand=x", "a b", "a\nb", "a;b", "user@host", "host:22", "ssh://host", "a'b", "a$b", "%h", "é",
        ])
    func noHost(name: String) {
        expectInvalid { _ = try ShellHost(name) }
        expectInvalid { _ = try ShellHost("a", user: name.isEmpty ? "" : name == "%h" ? "-l" : name + " ") }
        expectInvalid { _ = try ShellHost("a", jump: name == "host:22" || name == "user@host" ? "," : name) }
    }

    private func expectInvalid(_ body: () throws -> Void) {
        do {
            try body()
            Issue.record("nothing was refused")
        } catch {
            #expect((error as? ShellFailure)?.code == .invalid)
        }
    }

    @Test("a list of jump hosts is split", arguments: ["a", "u@a", "u@a:22", "a,b:2,u@c", "[2001:db8::1]:22"])
    func jumps(jump: String) throws {
        #expect(try ShellHost("a", jump: jump).jump == jump)
    }

    @Test(
        "paths with characters that ssh expands are rejected",
        arguments: ["relative", "/a\"b", "/a%h", "/$HOME", "/a\\b", "/a\nb"])
    func paths(path: String) {
        expectInvalid { _ = try ShellHost("a", identity: path) }
        expectInvalid { _ = try ShellHost("a", knownHosts: path) }
    }

    @Test("ports, fingerprints and markers are checked")
    func forms() {
        expectInvalid { _ = try ShellHost("a", port: 0) }
        expectInvalid { _ = try ShellHost("a", fingerprint: "MD5:00") }
        let print = "SHA256:" + String(repeating: "a", count: 43)
        expectInvalid { _ = try ShellHost("a", fingerprint: print, acceptsNew: true) }
        for marker in ["", "-a", "../a", "A", "once-a", "a b"] {
            expectInvalid { _ = try ShellScript("true", marker: marker) }
        }
        for (path, mode) in [("a", "0644"), ("/a/", "0644"), ("/a\nb", "0644"), ("/a", "8"), ("/a", "+x")] {
            expectInvalid { _ = try ShellFile(Secret([]), path: path, mode: mode) }
        }
    }
}
