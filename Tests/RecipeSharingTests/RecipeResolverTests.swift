import DurableSteps
import Foundation
import Groundwork
import RecipeSharing
import ServerPilot
import SprunTesting
import SystemPackage
import Testing

/// What a run finds, without a network.
@Suite("Resolving imports")
struct RecipeResolverTests {
    let project: TestProject
    let recipes: TestRepository
    let locator: String

    init() async throws {
        project = try TestProject()
        recipes = try await TestRepository(project.folder.file("recipes"))
        try await recipes.commit(
            ["db/x.lua": "import \"./y\"", "db/y.lua": "return 1", "z.lua": "return 2"], tag: "v1")
        locator = recipes.locator("db/x", "v1")
        try project.folder.write("return 0", "project/site.lua")
    }

    private func code(_ text: String, from importer: ModuleSource? = nil) -> SharingError.Code? {
        do throws(SharingError) {
            _ = try project.resolver2().resolve(text, from: importer)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("an import that is not locked is an error with the command to run")
    func notLocked() async throws {
        var error = #expect(throws: SharingError.self) { try project.resolver().resolve(locator) }
        #expect(error?.code == .notLocked)
        #expect(error?.hint == "sprun get \(locator)")
        try await project.get(locator)
        error = #expect(throws: SharingError.self) { try project.resolver().resolve(recipes.locator("db/x", "v2")) }
        #expect(error?.message.contains("which has the versions v1") == true)
        let module = try project.resolver().resolve(locator)
        error = #expect(throws: SharingError.self) { try project.resolver().resolve("../z", from: module) }
        #expect(error?.code == .notLocked)
        #expect(error?.message.hasPrefix("\(locator) imports '../z'") == true)
        #expect(error?.hint == "sprun get \(locator)")
        #expect(code("https://acme.example/x.lua#sha256=\(ContentHash(of: []))") == .notLocked)
    }

    @Test("a recipe from a repository cannot import files outside of it")
    func outside() async throws {
        try await project.get(locator)
        let module = try project.resolver().resolve(locator)
        for text in ["../../x", "/etc/passwd", "../../../../../../etc/hosts.lua", "./../../db"] {
            #expect(code(text, from: module) == .outside, "\(text)")
        }
        #expect(code("site", from: module) == .notLocked)
        let remote = ModuleSource(
            place: try place("github.com/acme/recipes/x@v1"), displayName: "remote", text: [])
        for text in [locator, "http://localhost/x//y@v1"] { #expect(code(text, from: remote) == .outside, "\(text)") }
        let address = ModuleSource(
            place: try place("https://acme.example/x.lua#sha256=\(ContentHash(of: []))"), displayName: "a", text: [])
        #expect(code("./y", from: address) == .outside)
        #expect(code(locator, from: address) == .outside)
        #expect(code("no-such", from: address) == .missingModule)
    }

    @Test(
        "a recipe from elsewhere cannot import from this machine or its network, in any spelling",
        arguments: [
            "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.1.", "10.0.0.5",
            "192.168.1.1", "169.254.169.254", "0xA9FEA9FE", "8.8.8.8", "0", "[::1]", "[::]", "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]", "localhost",
            "LOCALHOST", "localhost.", "localhost..", "a.localhost", "localhost.localdomain", "ip6-localhost",
            "intranet",
            "printer.local", "metadata.google.internal", "git.corp", "nas.home.arpa", "router.lan",
            "1.0.0.127.in-addr.arpa",
        ])
    func inside(host: String) throws {
        let digits = ContentHash(of: [])
        let mine = try place("host.example/a/b@v1")
        for importer in [
            try place("github.com/acme/recipes/x@v1"), try place("https://acme.example/x.lua#sha256=\(digits)"),
        ] {
            let remote = ModuleSource(place: importer, displayName: "remote", text: [])
            for text in [
                "https://\(host)/x//y@v1", "https://\(host):8443/x.lua#sha256=\(digits)", "ssh://git@\(host)/x//y@v1",
            ] {
                // What is no locator at all is refused as well.
                let refused = code(text, from: remote)
                #expect(refused == .outside || refused == .invalidLocator, "\(text): \(String(describing: refused))")
            }
        }
        let site = ModuleSource(place: mine, displayName: "site", text: [])
        #expect(code("https://host.example/x//y@v1", from: site) == .notLocked)
        // A file of one's own may.
        let own = ModuleSource(place: .file(FilePath(project.folder.file("project/a.lua"))), displayName: "a", text: [])
        #expect(code("https://\(host)/x//y@v1", from: own) != .outside)
    }

    @Test("a file imports only files of its project, and follows no link out of it")
    func stayingInProject() throws {
        try project.folder.write("SECRET=1", "private/.env")
        try project.folder.write("return 'private'", "private/settings.lua")
        try project.folder.write("return 1", "project/lib/users.lua")
        try project.folder.write("return 2", "project/real/words.lua")
        let links = [
            ("project/env.lua", "../private/.env"), ("project/away", "../private"),
            ("project/inner.lua", "lib/users.lua"),
            ("project/linked", "real"), ("project/absolute.lua", project.folder.file("private/settings.lua")),
            ("project/dangling.lua", "nowhere"),
        ]
        for (link, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: project.folder.file(link), withDestinationPath: target)
        }
        let resolver = try project.resolver(shipped: ["env": "return 'shipped'"])
        let site = try resolver.resolve("site.lua")
        func refusal(_ text: String, from importer: ModuleSource) -> SharingError? {
            #expect(throws: SharingError.self) { try resolver.resolve(text, from: importer) }
        }
        for text in [
            "./env.lua", "env", "./away/settings", "away/settings", "./inner", "./linked/words", "./absolute",
            "./dangling",
            "../private/settings.lua", "../private/settings", project.folder.file("private/settings.lua"),
            "./lib/../../private/settings",
            "/etc/hosts.lua",
        ] {
            let error = refusal(text, from: site)
            #expect(error?.code == .outside, "\(text): \(error?.description ?? "none")")
            #expect(error?.description.contains("SECRET") == false)
        }
        // Whether there is a file outside is not told, either.
        #expect(refusal("../private/gone.lua", from: site)?.code == .outside)
        let users = try resolver.resolve("lib/users", from: site)
        #expect(try resolver.resolve("../real/words", from: users).displayName == "real/words.lua")
        #expect(refusal("../../private/settings", from: users)?.code == .outside)
        // What the user names is read wherever it is, and its own folder is its project then.
        let other = try resolver.resolve("../private/settings.lua")
        try project.folder.write("return 3", "private/parts/x.lua")
        let part = try resolver.resolve("./parts/x", from: other)
        #expect(try resolver.resolve("../settings", from: part) == resolver.resolve("./settings", from: other))
        #expect(refusal("../project/site", from: other)?.code == .outside)
        // A recipe in a folder of the project: the lock says how far that goes.
        #expect(refusal("../real/words", from: try resolver.resolve("lib/users.lua"))?.code == .outside)
        try RecipeLock().write(to: project.lockPath)
        let below = try resolver.resolve("lib/users.lua")
        #expect(try resolver.resolve("../real/words", from: below).displayName == "real/words.lua")
        #expect(refusal("../../private/settings", from: below)?.code == .outside)
        try project.folder.write("", "project/lib/clone/.git")
        try project.folder.write("return 4", "project/lib/clone/sub/x.lua")
        try project.folder.write("return 5", "project/lib/clone/y.lua")
        let clone = try resolver.resolve("lib/clone/sub/x.lua")
        #expect(try resolver.resolve("../y", from: clone).displayName == "lib/clone/y.lua")
        #expect(refusal("../../users", from: clone)?.code == .outside)
        let through = try resolver.resolve("linked/words.lua")
        #expect(refusal("../lib/users", from: through)?.code == .outside)
    }

    @Test("vendor does not write through a link anywhere in the path", arguments: [0, 1, 2, 4])
    func vendorLink(depth: Int) async throws {
        try await project.get(locator)
        let files = try project.resolver().vendor(into: project.vendor)
        try project.folder.remove("project/vendor")
        let parts = ["vendor"] + files[0].removingLastComponent().components.map(\.string)
        let link = "project/" + parts.prefix(depth == 4 ? parts.count : depth + 1).joined(separator: "/")
        try project.folder.write("", "outside/keep")
        try project.folder.write("", link + "/keep")
        try project.folder.remove(link)
        try FileManager.default.createSymbolicLink(
            atPath: project.folder.file(link), withDestinationPath: project.folder.file("outside"))
        let error = #expect(throws: SharingError.self) { try project.resolver().vendor(into: project.vendor) }
        #expect(
            error?.code == .unwritable && error?.message.contains("symbolic link") == true,
            "\(String(describing: error))")
        #expect(try project.folder.names(below: "outside") == ["keep"])
        // Nor is anything read there.
        #expect(try project.resolver().check().first?.code == .outside)
    }

    @Test("vendor replaces a link in place of a copy, and keeps the link's target")
    func vendorFileLink() async throws {
        try await project.get(locator)
        let files = try project.resolver().vendor(into: project.vendor)
        let copy = "project/vendor/\(files[1])"
        try project.folder.remove(copy)
        try project.folder.write("mine", "outside/mine")
        try FileManager.default.createSymbolicLink(
            atPath: project.folder.file(copy), withDestinationPath: project.folder.file("outside/mine"))
        #expect(try project.resolver().vendor(into: project.vendor) == files)
        #expect(try project.folder.bytes("outside/mine") == Array("mine".utf8))
        #expect(try project.folder.bytes(copy) == Array("return 1".utf8))
        #expect(try project.resolver().check().isEmpty)
        #expect(try project.folder.names(below: "project/vendor").allSatisfy { !$0.hasSuffix(".new") })
    }

    @Test("files whose names only look alike are different files")
    func byteExactFiles() async throws {
        // Of two forms of one letter: by itself, and as a letter with a mark.
        // A dictionary of texts takes both for one key.
        try await recipes.commit(["both.lua": "import \"./caf\u{E9}\"\nimport \"./cafe\u{301}\""])
        try await recipes.commit(["caf\u{E9}.lua": "return 'one'"])
        try await recipes.commit(["cafe\u{301}.lua": "return 'two'"], tag: "v3")
        let lock = try await project.get(recipes.locator("both", "v3")).lock
        #expect(lock.git.values.first?.files.count == 3)
        #expect(try project.lock() == lock)
        let both = try project.resolver().resolve(recipes.locator("both", "v3"))
        #expect(try project.resolver().resolve("./caf\u{E9}", from: both).text == Array("return 'one'".utf8))
        #expect(try project.resolver().resolve("./cafe\u{301}", from: both).text == Array("return 'two'".utf8))
        #expect(try project.resolver().vendor(into: project.vendor).count == 3)
        #expect(try project.resolver().check().isEmpty)
        // A name that is not locked is not there because another one looks like it.
        try await recipes.commit(["one.lua": "import \"./caf\u{E9}\""], tag: "v4")
        try await project.get(recipes.locator("one", "v4"))
        let one = try project.resolver().resolve(recipes.locator("one", "v4"))
        #expect(code("./cafe\u{301}", from: one) == .notLocked)
        let missing = await failure { try await project.get(recipes.locator("cafe\u{301}x", "v4")) }
        #expect(missing?.code == .missingFile)
    }

    private func place(_ text: String) throws -> ModuleSource.Place {
        switch try RecipeLocator(text) {
        case .git(let locator):
            .git(locator, try #require(CommitID(String(repeating: "0", count: 40))), path: locator.path)
        case .https(let locator): .https(locator)
        case .file(let path): .file(FilePath(path))
        case .name(let name): .shipped(name)
        }
    }

    @Test("changed bytes in the cache are never used")
    func changedCache() async throws {
        let lock = try await project.get(locator).lock
        let hash = try #require(lock.git.values.first?.files["db/y.lua"])
        try project.folder.write("return 9", "cache/sha256/\(hash)")
        let module = try project.resolver().resolve(locator)
        #expect(code("./y", from: module) == .damagedCache)
        #expect(try project.resolver().check().map(\.code) == [.damagedCache])
        // Getting it again mends it.
        #expect(try await project.fetcher().restore().count == 1)
        #expect(code("./y", from: module) == nil)
    }

    @Test("the vendor folder has priority, works without a cache, and must match the hashes")
    func vendor() async throws {
        try await project.get(locator)
        let files = try project.resolver().vendor(into: project.vendor)
        let commit = try await recipes.git("rev-parse", "HEAD")
        #expect(files.map(\.string).allSatisfy { $0.hasPrefix("git/file/") && $0.contains(commit) })
        #expect(files.map { $0.lastComponent?.string } == ["x.lua", "y.lua"])
        #expect(try project.resolver().vendor(into: project.vendor) == files)
        try project.folder.remove("cache")
        #expect(try project.resolver().check().isEmpty)
        let module = try project.resolver().resolve(locator)
        #expect(code("./y", from: module) == nil)

        try project.folder.write("return 9", "project/vendor/\(files[1])")
        let error = #expect(throws: SharingError.self) { try project.resolver().resolve("./y", from: module) }
        #expect(error?.code == .changed)
        #expect(error?.message.contains("\(files[1])") == true)
        #expect(try project.resolver().check().map(\.code) == [.changed])
        // Without the right bytes anywhere the copy stays as it is; with them it is made anew.
        #expect(throws: SharingError.self) { try project.resolver().vendor(into: project.vendor) }
        #expect(try project.folder.bytes("project/vendor/\(files[1])") == Array("return 9".utf8))
        try await project.get(locator)
        #expect(try project.resolver().vendor(into: project.vendor) == files)
        #expect(try project.resolver().check().isEmpty)
    }

    @Test("every missing file of the lock is reported")
    func check() async throws {
        try await project.get(locator, recipes.locator("z", "v1"))
        #expect(try project.resolver().check().isEmpty)
        try project.folder.remove("cache")
        #expect(try project.resolver().check().map(\.code) == [.notFetched, .notFetched, .notFetched])
    }

    @Test("a local name is searched beside the importing file, then among the shipped recipes")
    func local() throws {
        try project.folder.write("return 1", "project/lib/users.lua")
        let shipped = ["users": "return 2", "new-site": "return 3"]
        let resolver = try project.resolver(shipped: shipped)
        let site = try resolver.resolve("site.lua")
        #expect(site.origin == .project)
        #expect(site.displayName == "site.lua")
        #expect(site.identity == "file:\(project.folder.file("project/site.lua"))")
        #expect(site.sha256 == ContentHash(of: "return 0".utf8))
        #expect(try resolver.resolve("users", from: site).identity == "shipped:users")
        let users = try resolver.resolve("./lib/../lib/users", from: site)
        #expect(users.displayName == "lib/users.lua")
        #expect(try resolver.resolve("users", from: users) == users)
        #expect(try resolver.resolve("../site.lua", from: users) == site)
        let new = try resolver.resolve("new-site", from: users)
        #expect(try resolver.resolve("users", from: new).origin == .shipped)
        var error = #expect(throws: SharingError.self) { try resolver.resolve("new-sit", from: site) }
        #expect(error?.code == .missingModule)
        #expect(error?.hint == "did you mean 'new-site'?")
        error = #expect(throws: SharingError.self) { try resolver.resolve("./gone", from: site) }
        #expect(error?.code == .missingModule)
        error = #expect(throws: SharingError.self) { try resolver.resolve("./users", from: new) }
        #expect(error?.code == .outside)
    }

    @Test("a missing or too large local file is an error")
    func unreadable() throws {
        try project.folder.write("", "project/folder.lua/x")
        try project.folder.write([UInt8](repeating: 45, count: 2 << 20), "project/large.lua")
        #expect(mkfifo(project.folder.file("project/pipe.lua"), 0o600) == 0)
        #expect(code("folder.lua") == .unreadable)
        #expect(code("large.lua") == .tooLarge)
        #expect(code("pipe.lua") == .unreadable)
    }
}

extension TestProject {
    /// The resolver, where the lock is known to be good.
    fileprivate func resolver2() throws(SharingError) -> RecipeResolver {
        RecipeResolver(
            folder: FilePath(folder.file("project")), lock: try RecipeLock(readingFrom: lockPath), cache: cache,
            vendor: vendor)
    }
}
