internal import Groundwork
internal import LuaHost
internal import RecipeEngine
internal import RecipeLanguage
internal import RecipeSharing
internal import ServerPilotClient
internal import SystemPackage

/// The fetching of other people's recipes for commands, with a report of the changes.
struct RecipeGetter {
    let workspace: Workspace
    let reporter: any RunReporter

    /// Returns the recipes for a run without a project; fetches and locks the recipe first if necessary.
    ///
    /// All such runs share a lock, so a later run uses the same bytes.
    ///
    /// - Throws: `CommandFailure`, `SharingError`.
    func shared(_ locator: String) async throws -> ProjectRecipes {
        let lockFile = try workspace.paths.sharedLock
        try AtomicFile.makeFolder(lockFile.removingLastComponent())
        // Another process may write the lock at the same time.
        let held = try await Self.lock(lockFile)
        defer { withExtendedLifetime(held) {} }
        let known = try workspace.sharedRecipes
        // A branch may move, so it is fetched again; a tag or a commit is not.
        if known.has(locator), !known.isBranch(locator) { return known }
        let result = try await fetch([locator], known)
        if result.changes.contains(where: { $0.kind == .updated }) {
            let report = FetchReport(result: result, recipes: known)
            for line in await report.notes(on: reporter.console.errorPage) { reporter.note(line) }
        }
        try result.lock.write(to: lockFile)
        return try workspace.sharedRecipes
    }

    /// The number of attempts to lock, with a pause of 0.1 seconds each.
    private static let tries = 600

    private static func lock(_ file: FilePath) async throws -> FileLock {
        for _ in 0..<tries {
            do {
                if let lock = try FileLock(beside: file) { return lock }
            } catch let error as Errno {
                throw CommandFailure("unwritable_file", "'\(file)' cannot be locked: \(error.plainDescription)")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw CommandFailure("unwritable_file", "another sprun has been fetching recipes for a minute")
    }

    /// Fetches recipes and all their imports; does not write the lock.
    ///
    /// - Throws: `SharingError`.
    func fetch(
        _ locators: [String], _ recipes: ProjectRecipes, _ options: FetchOptions = FetchOptions()
    ) async throws -> FetchResult {
        try await fetcher(recipes).get(try locators.map { try RecipeLocator($0) }, options: options) { module in
            RecipeText(module.text).imports
        }
    }

    /// Fetches recipes, shows what changes, and writes the lock; asks first if a version changes.
    ///
    /// - Throws: `CommandFailure`: `declined`, `unconfirmed`; `SharingError`.
    func lock(
        _ locators: [String], _ recipes: ProjectRecipes, _ options: FetchOptions, isConfirmed: Bool
    ) async throws {
        let result = try await fetch(locators, recipes, options)
        await reporter.show(FetchReport(result: result, recipes: recipes))
        guard result.lock != recipes.resolver.lock else { return reporter.remark("sprun.lock is unchanged") }
        if result.changes.contains(where: { $0.kind == .updated }) {
            try Question(console: reporter.console).confirm(
                "Lock these versions?", isConfirmed: isConfirmed,
                declined: "you declined the new versions; sprun.lock is unchanged",
                unasked: "new versions must be confirmed")
        }
        try result.lock.write(to: recipes.lockFile)
        reporter.remark("wrote sprun.lock: commit it to version control")
    }

    /// Fetches everything that is locked again, and compares it with the lock.
    ///
    /// - Throws: `SharingError` for the first difference.
    func verify(_ recipes: ProjectRecipes) async throws {
        let result = try await fetcher(recipes).verify()
        await reporter.show(
            Listing(
                error: result.same.map { "verified \($0)" }
                    + (result.problems.isEmpty ? ["sprun.lock matches the repositories"] : []),
                json: [
                    "format_version": 1, "verified": .array(result.same.map { .string("\($0)") }),
                    "problems": .array(result.problems.map { .string($0.message) }),
                ]))
        guard let first = result.problems.first else { return }
        for problem in result.problems.dropFirst() { reporter.warn(problem.description) }
        throw first
    }

    /// Fetches what is locked and missing.
    ///
    /// - Throws: `SharingError`.
    func restore(_ recipes: ProjectRecipes) async throws {
        let fetched = try await fetcher(recipes).restore()
        try recipes.checkLock()
        await reporter.show(
            Listing(
                error: fetched.map { "fetched \($0)" } + ["all locked recipes are available"],
                json: ["format_version": 1, "fetched": .array(fetched.map { .string("\($0)") })]))
    }

    private func fetcher(_ recipes: ProjectRecipes) -> RecipeFetcher {
        let environment = workspace.environment
        return RecipeFetcher(
            resolver: recipes.resolver, git: GitProgram(environment: environment.variables),
            download: FileClient(environment: environment), isInside: { host in await WorldCheck().isInside(host) })
    }
}

/// A client that downloads files from HTTPS addresses.
private struct FileClient: RecipeDownload {
    let environment: Environment

    func bytes(from url: String, limit: Int) async throws -> [UInt8] {
        do throws(FileDownload.Failure) {
            return try await FileDownload(environment: environment.variables, version: Version.number)
                .bytes(from: url, limit: limit)
        } catch {
            throw SharingError(.downloadFailed, "'\(url)': \(error.message)")
        }
    }
}
