import Foundation
import Subprocess
import Testing

/// What people write with an editor, and what a shell gives where they wrote nothing.
@Suite("Text that people write", .timeLimit(.minutes(5)))
struct WrittenTextTests {
    private static func windows(_ text: String) -> String {
        "\u{FEFF}" + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    }

    private static let header = """
        return recipe { name = "take", version = "1.0.0", summary = "Take", params = {
            text = param.string{}, free = param.string{ allow_empty = true }, word = param.enum{ values = { "a" } },
            server = param.server{}, apps = param.list{ of = param.app{} }, names = param.list{},
            number = param.integer{}, secret = param.secret{}, file = param.file{}, on = param.boolean{} },
        run = function(p) return { free = p.free, names = p.names and #p.names, ran = true } end }
        """

    @Test(
        "an empty value is an error that names its parameter",
        arguments: [
            "text=", "word=", "server=", "apps=", "names=", "number=", "secret=@empty.txt", "secret=@env:EMPTY",
            "file=empty.txt",
            "on=", "names=,", "names=a,,b", "names=a,", "apps= ",
        ])
    func empty(_ word: String) async throws {
        let user = try User()
        try user.write("take.lua", Self.header)
        try user.write("empty.txt", "\n".replacing("\n", with: word.hasPrefix("file") ? "" : "\n"))
        let run = try await user.sprun("run", "--simulate", "take.lua", word, environment: ["EMPTY": ""])
        #expect(run.status == .exited(64), "\(run)")
        let name = try #require(word.split(separator: "=").first)
        #expect(run.error.contains(name), "\(run)")
        #expect(!run.output.contains("ran"), "\(run)")
    }

    @Test("a value may be empty if the recipe allows it; a plain script cannot allow it")
    func allowed() async throws {
        let user = try User()
        try user.write("take.lua", Self.header)
        let run = try await user.sprun("run", "--simulate", "--json", "take.lua", "free=", "names=a, b")
        #expect(run.output.contains(#""result":{"free":"","names":2,"ran":true}"#), "\(run)")
        #expect(try await user.sprun("show", "take.lua").output.contains("string, may be empty"))
        let plain = try await user.sprun("run", "--simulate", "-e", "return { ran = sp.params.x }", "x=")
        #expect(plain.status == .exited(64) && plain.error.contains("'x' is empty"), "\(plain)")
    }

    @Test(
        "an empty value does not make a shipped recipe do more",
        arguments: [
            ["audit", "server="], ["php-upgrade", "server=", "below=php8.0"], ["ssh-key-fanout", "server=", "key=a"],
            ["ssh-key-fanout", "users=", "key=a"], ["move-apps", "from=www1", "to=www4", "apps="],
            ["move-apps", "from=www1", "to=www4", "apps=,"], ["purge-demo-sites", "server=www1", "prefix="],
        ])
    func shipped(_ words: [String]) async throws {
        let user = try User()
        let run = try await user.launch(["run", "--simulate", "--yes"] + words).run()
        #expect(run.status == .exited(64), "\(run)")
        #expect(
            !run.error.contains("created") && !run.error.contains("updated") && !run.error.contains("deleted"), "\(run)"
        )
    }

    @Test("every reader removes byte order marks and carriage returns")
    func windows() async throws {
        let user = try User()
        let long = "long = [[a\nb]], lib = lib.word() } end }"
        let recipe = """
            local lib = import "./lib.lua"
            return recipe { name = "take", version = "1.0.0", summary = "Take",
                needs = { secrets = "reveal" }, params = {
                secret = param.secret{ required = true }, file = param.file{ required = true } },
            run = function(p) return { s = #p.secret:reveal(), f = p.file, \(long)
            """
        try user.write("take.lua", Self.windows(recipe))
        try user.write("lib.lua", Self.windows("return { word = function() return 'lib' end }\n"))
        try user.write("secret.txt", Self.windows("swordfish\n"))
        try user.write("file.txt", Self.windows("one\ntwo"))
        try user.write("sprun.lock", Self.windows("format_version = 1\n"))
        try user.write("home/config.toml", Self.windows("# mine\nendpoint = \"https://api.serverpilot.io/v1\"\n"))
        let run = try await user.sprun(
            "run", "--simulate", "--json", "--result", "r.json", "take.lua", "secret=@secret.txt", "file=file.txt")
        #expect(run.status == .exited(0), "\(run)")
        #expect(run.output.contains(#""result":{"f":"one\ntwo","lib":"lib","long":"a\nb","s":9}"#), "\(run)")
        try user.write("faults.json", Self.windows(#"{ "faults": [] }"#))
        try user.write("seed.json", Self.windows(#"{ "servers": [ { "name": "seeded" } ] }"#))
        try user.write("seed.lua", Self.windows("return { servers = { { name = 'seeded' } } }"))
        for seed in ["seed.json", "seed.lua"] {
            _ = try await Simulation.with(user, ["--seed-account", seed, "--faults", "faults.json"]) { simulation in
                let variables = simulation.environment
                let key = try #require(variables["SERVERPILOT_API_KEY"])
                let id = try #require(variables["SERVERPILOT_CLIENT_ID"])
                try user.write("own.toml", Self.windows("client_id = \"\(id)\"\napi_key = \"\(key)\"\n"))
                let url = try #require(variables["SERVERPILOT_API_URL"])
                let listed = try await user.sprun(
                    "run", "--endpoint", url, "--credentials-file", "own.toml", "-e", "print(sp.servers()[1].name)")
                #expect(listed.output == "seeded\n", "\(listed)")
            }
        }
        let login = try await user.sprun("login", "--no-check", input: Self.windows("cid_1\nkey_1\n"))
        #expect(login.status == .exited(0), "\(login)")
        #expect(try user.read("home/credentials.toml") == "client_id = \"cid_1\"\napi_key = \"key_1\"\n")
    }

    @Test("UTF-16 is an error that names it")
    func utf16() async throws {
        let user = try User()
        let path = try user.write("site.lua", "")
        try Data([0xFF, 0xFE] + "return {}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
            .write(to: URL(fileURLWithPath: path))
        let run = try await user.sprun("run", "--simulate", "site.lua")
        #expect(run.status == .exited(64) && run.error.contains("is in UTF-16"), "\(run)")
    }

    @Test("the placeholder of a secret is accepted neither as a parameter nor as a key")
    func placeholder() async throws {
        let user = try User()
        try user.write("take.lua", Self.header)
        try user.write("secret.txt", "<redacted>\n")
        let run = try await user.sprun("run", "--simulate", "take.lua", "secret=@secret.txt")
        #expect(run.status == .exited(64) && run.error.contains("secret: is the placeholder <redacted>"), "\(run)")
        let login = try await user.sprun("login", "--client-id", "cid_1", "--no-check", input: "<redacted>\n")
        #expect(login.status == .exited(4) && login.error.contains("<redacted>"), "\(login)")
        #expect(!user.has("home/credentials.toml"))
    }

    @Test("a secret with the text of another parameter is rejected, and a secret with a resource's name gets a warning")
    func ordinary() async throws {
        let user = try User()
        try user.write("take.lua", Self.header)
        let same = try await user.sprun(
            "run", "--simulate", "take.lua", "secret=@env:S", "text=ordinary", environment: ["S": "ordinary"])
        #expect(same.status == .exited(64) && same.error.contains("secret: has the same value as 'text'"), "\(same)")
        let used = try await user.sprun(
            "run", "--simulate", "take.lua", "secret=@env:S", "apps=oliveoil", environment: ["S": "olivepress"])
        #expect(used.status == .exited(0), "\(used)")
        #expect(used.error.contains("the secret 'secret' is also the name of a resource"), "\(used)")
    }

    @Test("a result in which an ordinary value was redacted says so, to people and to programs")
    func damaged() async throws {
        let user = try User()
        try user.write(
            "word.lua",
            """
            return recipe { name = "word", version = "1.0.0", summary = "Word", params = { pw = param.secret{} },
                returns = { app = "string", pw = "secret" }, run = function(p) return { app = "acmesite", pw = p.pw } end }
            """)
        let run = try await user.sprun(
            "run", "--simulate", "--json", "word.lua", "pw=@env:PW", environment: ["PW": "acmesite"])
        #expect(run.output.contains(#""redacted":["app","pw"]"#), "\(run)")
        #expect(run.error.contains("warning: <redacted> in the result: app."), "\(run)")
        #expect(run.error.contains("<redacted> in the result: pw."), "\(run)")
        let revealed = try await user.sprun(
            "run", "--simulate", "--json", "--reveal-secrets", "word.lua", "pw=@env:PW", environment: ["PW": "acmesite"]
        )
        #expect(!revealed.output.contains("redacted") && !revealed.error.contains("redacted"), "\(revealed)")
    }
}
