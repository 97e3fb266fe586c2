internal import Subprocess
internal import SystemPackage

/// The user's `git`, run so that it cannot ask questions, hang, or run commands from a repository.
///
/// It is the user's own git, so that the user's keys, credential helpers and proxies work. Of git's own variables, only
/// those for logging in and connecting are passed on. Each command runs in a folder of this program and gets the path
/// of its repository. Git therefore never searches for a repository: another person's project folder can look like a
/// repository whose configuration runs commands.
package struct GitProgram: Sendable {
    /// `git`, or the path of another git program.
    let executable: String
    let environment: [String: String]
    let timeLimit: Duration
    let sizeLimit: Int

    /// Creates a git program.
    ///
    /// - Parameters:
    ///   - executable: A path, or a name to search in the `PATH` of the environment.
    ///   - environment: All variables of this process.
    ///   - timeLimit: The time limit of a command.
    ///   - sizeLimit: The largest size in bytes on disk of a fetched commit.
    package init(
        executable: String = "git", environment: [String: String], timeLimit: Duration = SharingLimits.gitTime,
        sizeLimit: Int = SharingLimits.largestRepository
    ) {
        self.executable = executable
        self.sizeLimit = sizeLimit
        self.environment = GitEnvironment.hardened(environment)
        self.timeLimit = timeLimit
    }

    /// The result of a command.
    struct Finished {
        let isSuccess: Bool
        let output: [UInt8]
        /// The end of its standard error, without control characters and credentials.
        let said: String
    }

    /// Settings placed before the command; they override settings of a configuration that would run programs.
    private static let settings = [
        "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.alternateRefsCommand=", "gc.auto=0",
        "maintenance.auto=false", "protocol.ext.allow=never", "fetch.recurseSubmodules=false",
        "fetch.writeCommitGraph=false",
        // A fetch writes a single pack file, so its growth can be watched. A file larger than a recipe is never
        // completely in memory.
        "fetch.unpackLimit=1", "core.bigFileThreshold=\(SharingLimits.largestFile)",
        "advice.detachedHead=false", "color.ui=false",
    ].flatMap { ["-c", $0] }

    /// The interval between two checks of the size of a running fetch.
    private static let watchPause: Duration = .milliseconds(50)

    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - arguments: The command and its arguments.
    ///   - folder: The bare repository, which is also the working folder; an empty folder if the command needs none.
    ///   - repository: The repository that the command may connect to; `nil` forbids all connections.
    ///   - limit: The largest output in bytes.
    /// - Returns: The result, also if the command failed.
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
                        .timedOut,
                        "'git \(arguments.first { !$0.hasPrefix("-") } ?? "")' did not finish within \(timeLimit)",
                        hint: "run it by hand: the host may not respond, or git may ask a question")
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
            throw SharingError(.cancelled, "the git command was cancelled")
        }
    }

    /// Throws if a folder has grown beyond the size limit; git itself cannot limit the size of a fetch.
    ///
    /// - Throws: `SharingError`, `tooLarge`.
    func checkSize(of folder: FilePath, _ repository: RepositoryURL) throws(SharingError) {
        guard StoredFile.size(below: folder, limit: sizeLimit) > sizeLimit else { return }
        throw SharingError(
            .tooLarge, "a commit of '\(repository)' has more than \(sizeLimit) bytes",
            hint: "recipes belong in a repository without large files")
    }

    private func start(
        _ arguments: [String], in folder: FilePath, _ environment: [String: String], limit: Int
    ) async throws -> Finished {
        // In a separate session, no child process can ask questions on a terminal, and a single signal kills them all.
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
                .gitMissing, "'\(executable)' is not installed; sprun needs it to fetch recipes",
                hint: "install git, or add it to PATH"
            )
        case .outputLimitExceeded:
            SharingError(.tooLarge, "git printed more than \(limit) bytes")
        default: SharingError(.gitFailed, "'\(executable)' could not be run: \(error)")
        }
    }
}
