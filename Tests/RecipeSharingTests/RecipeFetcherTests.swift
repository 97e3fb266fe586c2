import Foundation
import Groundwork
import RecipeSharing
import SprunTesting
import Testing

/// Getting recipes from real repositories.
@Suite("Getting recipes")
struct RecipeFetcherTests {
    let project: TestProject
    let recipes: TestRepository

    init() async throws {
        project = try TestProject()
        recipes = try await TestRepository(project.folder.file("recipes"))
    }

    private func git(_ text: String) throws -> GitLocator {
        guard case .git(let locator) = try RecipeLocator(text) else { throw CancellationError() }
        return locator
    }

    @Test("a tag is locked at its commit, with the file and its imports")
    func closure() async throws {
        let commit = try await recipes.commit(
            [
                "db/rotate.lua": "import \"./lib/users\"\nimport \"names\"\nimport \"new-site\"\nreturn 1",
                "db/lib/users.lua": "import \"../../top.lua\"\nreturn 2", "db/names.lua": "return 3",
                "top.lua": "return 4", "other.lua": "return 5",
            ], tag: "v1")
        let locator = recipes.locator("db/rotate", "v1")
        let result = try await project.get(locator, shipped: ["new-site": "return 6"])
        let entry = try #require(result.lock.git[try git(locator)])
        #expect(entry.kind == .tag)
        #expect(entry.commit.description == commit)
        #expect(entry.files.keys.sorted() == ["db/lib/users.lua", "db/names.lua", "db/rotate.lua", "top.lua"])
        #expect(entry.files["top.lua"] == ContentHash(of: "return 4".utf8))
        #expect(result.changes.map(\.kind) == [.added])
        #expect(result.changes.first?.files.count == 4)
        #expect(try project.lock() == result.lock)

        let resolver = try project.resolver(shipped: ["new-site": "return 6", "names": "return 7"])
        let module = try resolver.resolve(locator)
        #expect(module.identity == "git:\(recipes.url)//db/rotate.lua@\(commit)")
        #expect(module.displayName == locator)
        #expect(module.origin == .git)
        let users = try resolver.resolve("./lib/users", from: module)
        #expect(users.displayName == recipes.locator("db/lib/users", "v1"))
        #expect(try resolver.resolve("../../top.lua", from: users).text == Array("return 4".utf8))
        // What lies beside a recipe comes before what ships.
        #expect(try resolver.resolve("names", from: module).text == Array("return 3".utf8))
        #expect(try resolver.resolve("new-site", from: module).origin == .shipped)
        #expect(resolver.check().isEmpty)
    }

    @Test("an annotated tag is locked at its commit, a branch and a commit under their own kinds")
    func kinds() async throws {
        let commit = try await recipes.commit(["x.lua": "return 1"])
        try await recipes.git("tag", "--annotate", "--message=first", "v1")
        try await recipes.git("tag", "--annotate", "--message=again", "v1.0", "v1")
        for (ref, kind) in [("v1", GitRevision.Kind.tag), ("v1.0", .tag), ("main", .branch), (commit, .commit)] {
            let locator = recipes.locator("x", ref)
            let entry = try await project.get(locator).lock.git[try git(locator)]
            #expect(entry?.kind == kind, "\(ref)")
            #expect(entry?.commit.description == commit, "\(ref)")
        }
        #expect(try project.lock().git.count == 4)
    }

    @Test("a name that is both a tag and a branch means the tag, and a note says so")
    func tagAndBranch() async throws {
        let first = try await recipes.commit(["x.lua": "return 1"], tag: "v1")
        try await recipes.git("checkout", "--quiet", "-b", "v1")
        try await recipes.commit(["x.lua": "return 2"])
        let change = try #require(try await project.get(recipes.locator("x", "v1")).changes.first)
        #expect(change.to?.commit?.description == first)
        #expect(change.note?.contains("sprun uses the tag") == true)
    }

    @Test("a commit that no branch contains is fetched by its id")
    func oldCommit() async throws {
        let old = try await recipes.commit(["x.lua": "return 1"])
        try await recipes.commit(["x.lua": "return 2"])
        try await project.get(recipes.locator("x", old))
        #expect(try project.resolver().resolve(recipes.locator("x", old)).text == Array("return 1".utf8))
    }

    @Test("a repository with SHA-256 ids works")
    func sha256() async throws {
        let other = try await TestRepository(project.folder.file("long"), format: "sha256")
        let commit = try await other.commit(["x.lua": "return 1"], tag: "v1")
        #expect(commit.count == 64)
        let result = try await project.get(other.locator("x", "v1"))
        #expect(result.lock.git.values.first?.commit.description == commit)
    }

    @Test("a branch that moved is an update with the old and the new text")
    func movedBranch() async throws {
        let locator = recipes.locator("x", "main")
        let first = try await recipes.commit(["x.lua": "import \"./a\"\nreturn 1\n", "a.lua": "return 1"])
        try await project.get(locator)
        #expect(try await project.get(locator).changes.map(\.kind) == [.unchanged])
        let second = try await recipes.commit(["x.lua": "import \"./b\"\nreturn 1\n", "b.lua": "return 2"])
        // What a run takes does not change by itself.
        #expect(try project.resolver().resolve(locator).text == Array("import \"./a\"\nreturn 1\n".utf8))
        let change = try #require(try await project.get(locator).changes.first)
        #expect(change.kind == .updated)
        #expect(change.from?.commit?.description == first)
        #expect(change.to?.commit?.description == second)
        #expect(change.files.map(\.path) == ["a.lua", "b.lua", "x.lua"])
        #expect(change.files.map(\.wasThere) == [true, false, true])
        #expect(change.files[0].new == nil && change.files[1].old == nil)
        let text = TextDifference(old: try #require(change.files[2].old), new: try #require(change.files[2].new))
        #expect(text.description == "@@ -1,2 +1,2 @@\n-import \"./a\"\n+import \"./b\"\n return 1\n")
        #expect(try project.resolver().resolve(locator).text == Array("import \"./b\"\nreturn 1\n".utf8))
    }

    @Test("the old text is fetched again if it is missing in the cache")
    func oldTextFetched() async throws {
        let locator = recipes.locator("x", "main")
        try await recipes.commit(["x.lua": "return 1"])
        try await project.get(locator)
        try await recipes.commit(["x.lua": "return 2"])
        try project.folder.remove("cache")
        #expect(try await project.get(locator).changes.first?.files.first?.old == Array("return 1".utf8))
    }

    @Test("another version of a recipe is an update; the earlier version stays until it is reported as unused")
    func otherVersion() async throws {
        let first = try await recipes.commit(["x.lua": "return 1"], tag: "v1")
        try await recipes.commit(["x.lua": "return 2"], tag: "v2")
        try await project.get(recipes.locator("x", "v1"))
        let result = try await project.get(recipes.locator("x", "v2"))
        #expect(result.changes.map(\.kind) == [.updated])
        #expect(result.changes.first?.from?.ref == "v1")
        #expect(result.changes.first?.from?.commit?.description == first)
        #expect(result.lock.git.count == 2)
        let pruned = try await project.get(recipes.locator("x", "v2"), options: FetchOptions(removesUnused: true))
        #expect(pruned.changes.map(\.kind) == [.unchanged, .removed])
        #expect(pruned.lock.git.keys.map(\.ref) == ["v2"])
    }

    @Test("a tag that was moved by force is rejected and nothing is written; if accepted, it is an update")
    func movedTag() async throws {
        let locator = recipes.locator("x", "v1")
        let first = try await recipes.commit(["x.lua": "return 1", "y.lua": "return 1"], tag: "v1")
        let lock = try await project.get(locator).lock
        let second = try await recipes.commit(["x.lua": "return 2"])
        try await recipes.git("tag", "--force", "v1")
        let before = try project.folder.names()
        for wanted in [locator, recipes.locator("y", "v1")] {
            let error = await failure { try await project.get(wanted) }
            #expect(error?.code == .movedTag, "\(wanted)")
            #expect(error?.message.contains(first) == true && error?.message.contains(second) == true)
        }
        #expect(try project.folder.names() == before)
        #expect(try project.lock() == lock)
        #expect(try project.resolver().resolve(locator).text == Array("return 1".utf8))
        let result = try await project.get(locator, options: FetchOptions(acceptsMovedTags: true))
        #expect(result.changes.map(\.kind) == [.updated])
        #expect(result.lock.git.values.first?.commit.description == second)
    }

    @Test("a tag that became a branch counts as a moved tag, even at the same commit")
    func tagBecameBranch() async throws {
        try await recipes.commit(["x.lua": "return 1"], tag: "v1")
        try await project.get(recipes.locator("x", "v1"))
        try await recipes.git("branch", "v1")
        try await recipes.git("tag", "--delete", "v1")
        let error = await failure { try await project.get(recipes.locator("x", "v1")) }
        #expect(error?.code == .movedTag)
        #expect(error?.message.contains("a branch with this name") == true)
    }

    @Test("two commits of a recipe in one fetch are rejected, two names of one commit are not")
    func twoVersions() async throws {
        let other = try await TestRepository(project.folder.file("other"))
        try await recipes.commit(["x.lua": "return 1"], tag: "v1")
        try await recipes.git("tag", "v1.0")
        try await recipes.commit(["x.lua": "return 2"], tag: "v2")
        try await other.commit(
            [
                "a.lua": "import \"\(recipes.locator("x", "v1"))\"",
                "b.lua": "import \"\(recipes.locator("x", "v2"))\"",
                "c.lua": "import \"\(recipes.locator("x", "v1.0"))\"",
            ], tag: "t")
        let error = await failure { try await project.get(other.locator("a", "t"), other.locator("b", "t")) }
        #expect(error?.code == .twoVersions)
        for part in ["//x@v1'", "//x@v2'", "//a@t,", "//b@t"] {
            #expect(error?.message.contains(part) == true, "\(part): \(error?.message ?? "")")
        }
        #expect(try project.lock() == RecipeLock())
        #expect(try await project.get(other.locator("a", "t"), other.locator("c", "t")).lock.git.count == 4)
    }

    @Test("circular imports are rejected with their chain")
    func cycles() async throws {
        let other = try await TestRepository(project.folder.file("other"))
        try await recipes.commit([
            "a.lua": "import \"./b\"", "b.lua": "import \"./c\"", "c.lua": "import \"b\"",
            "self.lua": "import \"self\"",
            "far.lua": "import \"\(other.locator("y", "main"))\"",
        ])
        try await other.commit(["y.lua": "import \"\(recipes.locator("far", "main"))\""])
        for (name, count) in [("a", 2), ("self", 1), ("far", 2)] {
            let error = await failure { try await project.get(recipes.locator(name, "main")) }
            #expect(error?.code == .cycle, "\(name)")
            #expect(error?.message.components(separatedBy: " → ").count == count + 1, "\(error?.message ?? "")")
        }
    }

    @Test("recipes of the project are searched for imports")
    func fromProject() async throws {
        try await recipes.commit(["x.lua": "return 1"], tag: "v1")
        let locator = recipes.locator("x", "v1")
        try project.folder.write("import \"lib/users\"", "project/site.lua")
        try project.folder.write("import \"\(locator)\"", "project/lib/users.lua")
        try await project.get("site.lua")
        let resolver = try project.resolver()
        let users = try resolver.resolve("lib/users", from: try resolver.resolve("site.lua"))
        #expect(users.displayName == "lib/users.lua")
        #expect(try resolver.resolve(locator, from: users).displayName == locator)
    }

    @Test("a module that two recipes import is fetched once")
    func diamond() async throws {
        try await recipes.commit([
            "a.lua": "import \"b\"\nimport \"c\"", "b.lua": "import \"d\"", "c.lua": "import \"d\"", "d.lua": "",
        ])
        let result = try await project.get(recipes.locator("a", "main"))
        #expect(result.lock.git.values.first?.files.count == 4)
    }

    @Test("a lock is restored into an empty cache, at its commits")
    func restore() async throws {
        try await recipes.commit(["x.lua": "import \"y\"", "y.lua": "return 1"])
        let locator = recipes.locator("x", "main")
        try await project.get(locator)
        try await recipes.commit(["y.lua": "return 2"])
        try project.folder.remove("cache")
        #expect(try project.resolver().check().map(\.code) == [.notFetched, .notFetched])
        let error = await failure { _ = try project.resolver().resolve(locator) }
        #expect(error?.code == .notFetched)
        #expect(try await project.fetcher().restore().map(\.description) == [locator])
        #expect(try project.resolver().check().isEmpty)
        #expect(try await project.fetcher().restore().isEmpty)
        let module = try project.resolver().resolve(locator)
        #expect(try project.resolver().resolve("y", from: module).text == Array("return 1".utf8))
    }

    @Test("a lock with an edited hash restores nothing and fetches nothing")
    func tamperedLock() async throws {
        try await recipes.commit(["x.lua": "return 1"], tag: "v1")
        let locator = recipes.locator("x", "v1")
        var lock = try await project.get(locator).lock
        let entry = try #require(lock.git[try git(locator)])
        lock.git[try git(locator)] = RecipeLock.GitEntry(
            kind: entry.kind, commit: entry.commit, files: ["x.lua": ContentHash(of: [1])])
        try lock.write(to: project.lockPath)
        #expect(await failure { _ = try await project.fetcher().restore() }?.code == .changed)
        #expect(await failure { try await project.get(locator) }?.code == .changed)
        #expect(await failure { _ = try project.resolver().resolve(locator) }?.code == .notFetched)
    }
}
