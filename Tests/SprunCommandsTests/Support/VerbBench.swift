import SystemPackage
import Testing

@testable import SprunCommands

/// The verbs of the command line in the process of the tests, with a journal in memory.
struct VerbBench {
    let user: User
    let journal = MemoryJournal()
    private let workspace: Workspace

    /// Creates a bench; `variables` are the user's environment besides `SPRUN_HOME` and `PATH`.
    init(_ user: User, _ variables: [String: String]) {
        self.user = user
        workspace = Workspace(
            environment: Environment(variables: user.environment(variables), folder: FilePath(user.folder)),
            source: journal)
    }

    /// Performs a verb, as `sprun` does with these arguments.
    ///
    /// - Returns: The exit status of the verb, and what it wrote.
    func sprun(_ arguments: String...) async throws -> (status: SprunCommands.ExitStatus, output: String, error: String)
    {
        let verb = try #require(try await Sprun.verb(arguments), "\(arguments)")
        let (output, error) = (FilePath("\(user.folder)/.output"), FilePath("\(user.folder)/.error"))
        let streams = try [output, error].map {
            try FileDescriptor.open(
                $0, .writeOnly, options: [.create, .truncate], permissions: [.ownerRead, .ownerWrite])
        }
        defer { for stream in streams { try? stream.close() } }
        let console = Console(
            color: .never, environment: workspace.environment, output: streams[0], error: streams[1])
        let reporter: any RunReporter =
            arguments.contains("--json") ? JSONReporter(console) : TextReporter(console)
        let status: SprunCommands.ExitStatus
        do {
            status = try await verb.perform(in: workspace, reporter)
        } catch {
            status = reporter.report(error)
        }
        console.output.flush()
        return (status, try user.read(output.string), try user.read(error.string))
    }
}
