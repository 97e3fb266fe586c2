import RecipeSharing
import SprunTesting
import Testing

@Suite("Locators")
struct RecipeLocatorTests {
    private static let hash = String(repeating: "0123456789abcdef", count: 4)

    @Test(
        "the reader recognizes each kind of locator",
        arguments: [
            ("./x.lua", "file ./x.lua"), ("../lib/x", "file ../lib/x.lua"), ("/srv/x.lua", "file /srv/x.lua"),
            ("lib/x.lua", "file lib/x.lua"), ("x.lua", "file x.lua"), ("wp-site", "name wp-site"),
            ("lib/users", "name lib/users"),
            ("github.com/acme/recipes/rotate-db@v1.4.0", "git https://github.com/acme/recipes rotate-db.lua v1.4.0"),
            (
                "GitHub.com/acme/recipes.git/db/rotate.lua@main",
                "git https://github.com/acme/recipes db/rotate.lua main"
            ),
            ("github.com/acme/wp-site@v1", "git https://github.com/acme/wp-site recipe.lua v1"),
            ("git.acme.example/a/b/c@pkg@1.0", "git https://git.acme.example/a/b c.lua pkg@1.0"),
            ("file:///srv/recipes//rotate-db@v1", "git file:///srv/recipes rotate-db.lua v1"),
            ("file:///srv/recipes//@v1", "git file:///srv/recipes recipe.lua v1"),
            ("ssh://git@host/x//p@feature/y", "git ssh://git@host/x p.lua feature/y"),
            ("ssh://host:2222/~anna/x//p@v1", "git ssh://host:2222/~anna/x p.lua v1"),
            ("https://host.example/x.git//p@v1", "git https://host.example/x.git p.lua v1"),
            ("http://127.0.0.1:8080/x//p@v1", "git http://127.0.0.1:8080/x p.lua v1"),
            ("http://[::1]:8080/x//p@v1", "git http://[::1]:8080/x p.lua v1"),
            ("https://acme.example/a/x.lua#sha256=\(hash)", "https https://acme.example/a/x.lua \(hash)"),
            ("http://localhost/x.lua#sha256=\(hash.uppercased())", "https http://localhost/x.lua \(hash)"),
        ])
    func kinds(text: String, expected: String) throws {
        let locator = try RecipeLocator(text)
        #expect(Self.shape(locator) == expected)
        #expect(try RecipeLocator(locator.description) == locator, "\(locator)")
    }

    private static func shape(_ locator: RecipeLocator) -> String {
        switch locator {
        case .file(let path): "file \(path)"
        case .name(let name): "name \(name)"
        case .git(let git): "git \(git.repository) \(git.path) \(git.ref)"
        case .https(let https): "https \(https.url) \(https.sha256)"
        }
    }

    @Test(
        "a locator prints its shortest form",
        arguments: [
            ("https://github.com/acme/recipes//rotate-db.lua@v1", "github.com/acme/recipes/rotate-db@v1"),
            ("github.com/acme/wp/recipe@v1", "github.com/acme/wp@v1"),
            ("https://github.com/a/b/c//x@v1", "https://github.com/a/b/c//x@v1"),
            ("https://github.com/a/b.git//x@v1", "https://github.com/a/b.git//x@v1"),
            ("github.com/a/b/x.lua.lua@v1", "github.com/a/b/x.lua.lua@v1"),
            ("github.com/a/b/.lua@v1", "github.com/a/b/.lua@v1"),
        ])
    func shortest(text: String, expected: String) throws {
        #expect(try RecipeLocator(text).description == expected)
    }

    @Test(
        "dangerous or ambiguous locators are rejected",
        arguments: [
            "", "-x", "--upload-pack=touch /tmp/x", "github.com/acme/recipes/x", "github.com/acme/recipes/x@",
            "github.com/acme/recipes/x@-v1", "github.com/acme/recipes/../x@v1", "github.com/acme/recipes/x@a..b",
            "github.com/acme/recipes/x@v1 ", "github.com/acme/recipes/x@v1\n", "github.com/acme/recipes/x\u{0}@v1",
            "github.com/acme/recipes/x\u{202E}@v1", "github.com/acme/recipes/x\u{1B}[2J@v1", "github.com/acme@v1",
            "github.com/acme/recipes/x@HEAD^", "github.com/acme/recipes/x@a:b", "github.com/acme/recipes/x@v1.lock",
            "github.com/acme/recipes/x@@{1}", "github.com/acme/recipes/a//b@v1", "github.com/acme/recipes/-x@v1",
            "github.com/-acme/../x/y@v1", "git@github.com:acme/recipes@v1", "wp-site@v1", "x.y", "a b", "~/x",
            "./", "../..", "ext::sh -c x", "ext::sh%20-c%20x//p@v1", "fd::17//p@v1", "git://host.example/x//p@v1",
            "ftp://host.example/x//p@v1", "github.com/\u{0430}cme/recipes/x@v1",
            "g\u{0456}thub.com/acme/recipes/x@v1", "http://host.example/x//p@v1", "http://127.0.0.1.example/x//p@v1",
            "https://user:secret@host.example/x//p@v1", "https://secret@host.example/x//p@v1",
            "ssh://git:secret@host/x//p@v1", "ssh://-oProxyCommand=x/y//p@v1", "ssh://-x@host/y//p@v1",
            "https://host.example//p@v1", "https:///x//p@v1", "https://host.example:0/x//p@v1",
            "https://host.example:99999/x//p@v1", "https://host.example/x?token=1//p@v1", "file://host/x//p@v1",
            "file:///srv/../etc//p@v1", "file:///srv/%2e%2E/etc//p@v1", "file:///srv/x//../p@v1",
            "https://acme.example/x.lua", "https://acme.example/x.lua#sha256=abc", "https://acme.example/x.lua#md5=1",
            "https://acme.example/x.txt#sha256=\(hash)", "http://acme.example/x.lua#sha256=\(hash)",
            "https://u:secret@acme.example/x.lua#sha256=\(hash)", "https://acme.example/x.lua#sha256=\(hash)0",
            "https://u:secret@acme.example", "https://u:secret@acme.example/x.lua", "https://u:secret@",
            "file:///x.lua#sha256=\(hash)", "u:secret@github.com/acme/recipes/x@v1",
            "github.com/" + String(repeating: "a", count: 1000),
            // Marks that join with what separates: by characters there is no "/../" in the first.
            "github.com/acme/recipes/x/../\u{301}y@v1", "github.com/acme/recipes/x@\u{338}v1", "./a/\u{301}../b.lua",
            "\u{D4E}/etc/x.lua", "file:\u{301}///srv/x//p@v1", "github.com.\u{301}/a/b/c@v1",
            // Letters that become one of a-z in lower case.
            "https://boo\u{212A}.example/x//p@v1", "\u{212A}.example/a/b/c@v1", "ftp\u{17F}://host.example/x//p@v1",
        ])
    func refused(text: String) throws {
        let error = #expect(throws: SharingError.self) { try RecipeLocator(text) }
        #expect(error?.code == .invalidLocator)
        #expect(error?.description.contains("secret") == false, "\(error?.description ?? "")")
        #expect(error?.description.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x202E } == true)
    }

    @Test("names that only look alike are different names")
    func byteExact() throws {
        let (composed, decomposed) = ("file:///srv/caf\u{E9}//x@v1", "file:///srv/cafe\u{301}//x@v1")
        #expect(composed == decomposed)
        #expect(try RecipeLocator(composed) != RecipeLocator(decomposed))
        #expect(try Set([RecipeLocator(composed), RecipeLocator(decomposed)]).count == 2)
        #expect(try RecipeLocator("./\u{E9}.lua") != RecipeLocator("./e\u{301}.lua"))
        let paths = try ["\u{E9}", "e\u{301}"].map { try RecipeLocator("file:///srv/x//\($0)@v1") }
        #expect(paths[0] != paths[1])
        let refs = try ["\u{E9}", "e\u{301}"].map { try RecipeLocator("file:///srv/x//y@\($0)") }
        #expect(refs[0] != refs[1] && Set(refs).count == 2)
    }

    @Test("random texts are read or rejected, and a locator that was read prints a text that reads the same")
    func random() throws {
        var random = TestRandom()
        let parts = [
            "github.com", "acme", "/", "//", "@", "v1", ".lua", "https:", "ssh:", "file:", "#sha256=", Self.hash, ".",
            "..",
            "-", "x", ":", "%2e", "git", "\u{7}", "ü", "[", "]", "8080", " ", "é", "127.0.0.1",
        ]
        var read = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...12, using: &random))
                .compactMap { _ in parts.randomElement(using: &random) }.joined()
            guard let locator = try? RecipeLocator(text) else { continue }
            read += 1
            #expect(try RecipeLocator(locator.description) == locator, "\(text)")
        }
        #expect(read > 100)
    }
}
