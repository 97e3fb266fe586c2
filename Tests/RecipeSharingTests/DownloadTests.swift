import RecipeSharing
import SprunTesting
import SystemPackage
import Testing

@Suite("Recipes from URLs")
struct DownloadTests {
    private static let url = "https://acme.example/x.lua"

    private static func locator(_ text: String, _ url: String = url) -> String {
        "\(url)#sha256=\(ContentHash(of: text.utf8))"
    }

    private func project(_ text: String, _ url: String = url) throws -> TestProject {
        try TestProject(download: TestDownload(files: [url: Array(text.utf8)]))
    }

    @Test("a file is downloaded, locked by its hash, and used without the network")
    func getting() async throws {
        let project = try project("return 1")
        let locator = Self.locator("return 1")
        let result = try await project.get(locator)
        #expect(result.changes.map(\.kind) == [.added])
        #expect(result.changes.first?.files.first?.new == Array("return 1".utf8))
        let module = try project.resolver().resolve(locator)
        #expect(module.identity == "https:\(locator)")
        #expect(module.displayName == Self.url)
        #expect(module.origin == .https)
        #expect(try await project.get(locator).changes.map(\.kind) == [.unchanged])
        let files = try project.resolver().vendor(into: project.vendor)
        #expect(files.map(\.string) == ["https/acme.example/x.lua/\(ContentHash(of: "return 1".utf8)).lua"])
        try project.folder.remove("cache")
        #expect(try project.resolver().resolve(locator) == module)
        try project.folder.remove("project/vendor")
        #expect(try await project.fetcher().restore().map(\.description) == [locator])
        #expect(try project.resolver().check().isEmpty)
    }

    @Test("a wrong hash, too many bytes and an empty file are rejected with different errors")
    func failures() async throws {
        var error = await failure { try await project("return 2").get(Self.locator("return 1")) }
        #expect(error?.code == .wrongHash)
        #expect(error?.message.contains("\(ContentHash(of: "return 2".utf8))") == true)
        let large = String(repeating: "-", count: 2 << 20)
        error = await failure { try await project(large).get(Self.locator(large)) }
        #expect(error?.code == .tooLarge)
        error = await failure { try await project("", "https://acme.example/y.lua").get(Self.locator("")) }
        #expect(error?.code == .downloadFailed)
        #expect(error?.message.contains("status 404") == true)
        error = await failure { try await TestProject().get(Self.locator("")) }
        #expect(error?.code == .downloadFailed)
    }

    @Test("another hash for the same URL is an update")
    func update() async throws {
        let project = try project("return 2")
        let old = try #require(try Self.https("return 1"))
        try project.folder.write(RecipeLock(https: [old]).text, "project/sprun.lock")
        try project.cache.keep(Array("return 1".utf8))
        let change = try #require(try await project.get(Self.locator("return 2")).changes.first)
        #expect(change.kind == .updated)
        #expect(change.files.first?.old == Array("return 1".utf8))
    }

    private static func https(_ text: String) throws -> HTTPSLocator? {
        guard case .https(let locator) = try RecipeLocator(locator(text)) else { return nil }
        return locator
    }
}
