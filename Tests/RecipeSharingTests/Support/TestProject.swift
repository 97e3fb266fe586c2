import RecipeSharing
import SprunTesting
import SystemPackage

/// A project with a lock, a cache and a vendor folder, all in a folder of a test.
final class TestProject: Sendable {
    let folder: TestFolder
    let download: (any RecipeDownload)?

    init(download: (any RecipeDownload)? = nil) throws {
        folder = try TestFolder()
        self.download = download
    }

    var lockPath: FilePath { FilePath(folder.file("project/sprun.lock")) }
    var vendor: FilePath { FilePath(folder.file("project/vendor")) }
    var cache: RecipeCache { RecipeCache(folder: FilePath(folder.file("cache"))) }
    /// Hosts whose names lead into this machine's network.
    let inside: Set<String> = ["inner.example"]
    let git = GitProgram(environment: TestRepository.environment, timeLimit: .seconds(30))

    func lock() throws -> RecipeLock { try RecipeLock(readingFrom: lockPath) }

    func resolver(shipped: [String: String] = [:]) throws -> RecipeResolver {
        RecipeResolver(
            folder: FilePath(folder.file("project")), lock: try lock(), cache: cache, vendor: vendor,
            shipped: shipped.mapValues { Array($0.utf8) })
    }

    func fetcher(shipped: [String: String] = [:], git: GitProgram? = nil) throws -> RecipeFetcher {
        RecipeFetcher(
            resolver: try resolver(shipped: shipped), git: git ?? self.git, download: download,
            isInside: { [inside] host in inside.contains(host) })
    }

    /// Gets recipes and writes the lock, as the command line does.
    @discardableResult
    func get(
        _ locators: String..., options: FetchOptions = FetchOptions(), shipped: [String: String] = [:],
        git: GitProgram? = nil
    ) async throws -> FetchResult {
        let result = try await fetcher(shipped: shipped, git: git)
            .get(locators.map { try RecipeLocator($0) }, options: options) { Self.imports(of: $0) }
        try result.lock.write(to: lockPath)
        return result
    }

    /// What a module of a test imports: each line `import "…"`.
    static func imports(of module: ModuleSource) -> [String] {
        String(decoding: module.text, as: UTF8.self).split(separator: "\n").compactMap { line in
            line.wholeMatch(of: #/import "(.*)"/#).map { String($0.1) }
        }
    }
}

/// A download of what a test has put there.
struct TestDownload: RecipeDownload {
    let files: [String: [UInt8]]

    struct Failed: Error, CustomStringConvertible { let description = "status 404" }

    func bytes(from url: String, limit: Int) async throws -> [UInt8] {
        guard let bytes = files[url] else { throw Failed() }
        return bytes
    }
}
