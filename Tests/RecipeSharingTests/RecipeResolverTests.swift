import Foundation
import RecipeSharing
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

    @Test("what is not locked is refused with what to do")
    func notLocked() async throws {
        var error = #expect(throws: SharingError.self) { try project.resolver().resolve(locator) }
        #expect(error?.code == .notLocked)
        #expect(error?.hint == "sprun get \(locator)")
        try await project.get(locator)
        error = #expect(throws: SharingError.self) { try project.resolver().resolve(recipes.locator("db/x", "v2")) }
        #expect(error?.message.contains("which has it at v1") == true)
        let module = try project.resolver().resolve(locator)
        error = #expect(throws: SharingError.self) { try project.resolver().resolve("../z", from: module) }
        #expect(error?.code == .notLocked)
        #expect(error?.message.hasPrefix("\(locator) imports '../z'") == true)
        #expect(error?.hint == "sprun get \(locator)")
        #expect(code("https://acme.example/x.lua#sha256=\(ContentHash(of: []))") == .notLocked)
    }

    @Test("a recipe from a repository reaches nothing outside of it")
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

    private func place(_ text: String) throws -> ModuleSource.Place {
        switch try RecipeLocator(text) {
        case .git(let locator):
            .git(locator, try #require(CommitID(String(repeating: "0", count: 40))), path: locator.path)
        case .https(let locator): .https(locator)
        case .file(let path): .file(FilePath(path))
        case .name(let name): .shipped(name)
        }
    }

    @Test("bytes that were changed in the cache are never given")
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

    @Test("the vendor folder comes first, works without a cache, and has to have the right bytes")
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

    @Test("what is missing from the lock's files is told by every one")
    func check() async throws {
        try await project.get(locator, recipes.locator("z", "v1"))
        #expect(try project.resolver().check().isEmpty)
        try project.folder.remove("cache")
        #expect(try project.resolver().check().map(\.code) == [.notFetched, .notFetched, .notFetched])
    }

    @Test("a local name is looked for beside the importing file, then among what ships")
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

    @Test("a local file that is none, or too large, is an error")
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
