internal import Subprocess
internal import SystemPackage

/// The user's `git`, run so that it can neither ask nor hang nor run what a repository says.
///
/// It is the user's own, so that their keys, credential helpers and proxies work. Only what is about fetching is taken
/// from the environment. Every command works in a folder of this program's and is told its repository, so that git
/// never looks for one: a folder of somebody else's project can look like a repository whose configuration runs
/// commands.
package struct GitProgram: Sendable {
    /// `git`, or the path of another one.
    let executable: String
    let environment: [String: String]
    let timeLimit: Duration
    let sizeLimit: Int

    /// A git program.
    ///
    /// - Parameters:
    ///   - executable: a name that is looked for in the `PATH` of the environment, or a path.
    ///   - environment: the variables of the process, all of them.
    ///   - timeLimit: how long one command may take.
    ///   - sizeLimit: how many bytes one commit of a repository may take on the disk.
    package init(
        executable: String = "git", environment: [String: String], timeLimit: Duration = SharingLimits.gitTime,
        sizeLimit: Int = SharingLimits.largestRepository
    ) {
        self.executable = executable
        self.sizeLimit = sizeLimit
        self.environment = GitEnvironment.hardened(environment)
        self.timeLimit = timeLimit
    }

    /// What a command did.
    struct Finished {
        let isSuccess: Bool
        let output: [UInt8]
        /// What it said on standard error.
        let said: String
    }

    /// Settings that go before the command: of those that a configuration can have, none that runs something.
    private static let settings = [
        "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.alternateRefsCommand=", "gc.auto=0",
        "maintenance.auto=false", "protocol.ext.allow=never", "fetch.recurseSubmodules=false",
        "fetch.writeCommitGraph=false",
        // One file for all that is fetched, whose growth can be watched; what is larger than a recipe is never whole in
        // memory.
        "fetch.unpackLimit=1", "core.bigFileThreshold=\(SharingLimits.largestFile)",
        "advice.detachedHead=false", "color.ui=false",
    ].flatMap { ["-c", $0] }

    /// Between two looks at how much a fetch has brought.
    private static let watchPause: Duration = .milliseconds(50)

    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - arguments: the command, and what goes with it.
    ///   - folder: the bare repository that it works on and in, or an empty folder where it needs none.
    ///   - repository: where it may fetch from; without one it may not.
    ///   - limit: how many bytes it may give.
    /// - Returns: how it ended, also where it failed.
    /// - Throws: `SharingError`: `gitMissing`, `timedOut`, `cancelled`, `tooLarge`, `gitFailed`.
    func run(
        _ arguments: [String], in folder: FilePath, reaching repository: RepositoryURL? = nil,
        limit: Int = SharingLimits.largestListing
    ) async throws(SharingError) -> Finished {
        var variables = environment
        variables["GIT_ALLOW_PROTOCOL"] = repository.map(GitEnvironment.transports) ?? "none"
        do {
            return try await withThrowingTaskGroup(of: Finished.self) { group in
                group.addTask { [variables] in try await start(arguments, in: folder, variables, limit: limit) }
                group.addTask {
                    try await Task.sleep(for: timeLimit)
                    throw SharingError(
                        .timedOut, "'git \(arguments.first { !$0.hasPrefix("-") } ?? "")' did not end in \(timeLimit)",
                        hint: "see whether the host answers, and whether git asks for something, by hand")
                }
                if let repository {
                    group.addTask {
                        while true {
                            try await Task.sleep(for: Self.watchPause)
                            try checkSize(of: folder, repository)
                        }
                    }
                }
                defer { group.cancelAll() }
                guard let finished = try await group.next() else { throw CancellationError() }
                return finished
            }
        } catch let error as SharingError {
            throw error
        } catch let error as SubprocessError {
            throw failure(error, limit: limit)
        } catch {
            throw SharingError(.cancelled, "what git was doing was cancelled")
        }
    }

    /// Refuses what has grown too large; git itself has no such limit for what it fetches.
    ///
    /// - Throws: `SharingError`, `tooLarge`.
    func checkSize(of folder: FilePath, _ repository: RepositoryURL) throws(SharingError) {
        guard StoredFile.size(below: folder, limit: sizeLimit) > sizeLimit else { return }
        throw SharingError(
            .tooLarge, "one commit of '\(repository)' has more than \(sizeLimit) bytes",
            hint: "recipes belong in a repository without large files")
    }

    private func start(
        _ arguments: [String], in folder: FilePath, _ environment: [String: String], limit: Int
    ) async throws -> Finished {
        // A session of its own: without a terminal nothing that git starts can ask, and all of it is killed together.
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        let variables = Dictionary(
            uniqueKeysWithValues: environment.map { (Environment.Key(rawValue: $0) ?? "", $1) })
        let result = try await Subprocess.run(
            executable.contains("/") ? .path(FilePath(executable)) : .name(executable),
            arguments: Arguments(Self.settings + ["--git-dir=\(folder)"] + arguments), environment: .custom(variables),
            workingDirectory: folder, platformOptions: options, input: .none, output: .bytes(limit: limit),
            error: .bytes(limit: SharingLimits.largestGitMessage))
        return Finished(
            isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput,
            said: GitMessage.text(result.standardError))
    }

    private func failure(_ error: SubprocessError, limit: Int) -> SharingError {
        switch error.code {
        case .executableNotFound:
            SharingError(
                .gitMissing, "there is no '\(executable)' to fetch recipes with", hint: "install git, or add it to PATH"
            )
        case .outputLimitExceeded:
            SharingError(.tooLarge, "git gave more than \(limit) bytes")
        default: SharingError(.gitFailed, "'\(executable)' could not be run: \(error)")
        }
    }
}
