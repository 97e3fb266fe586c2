internal import ArgumentParser
internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RunJournal

/// `sprun runs`.
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the runs that were written down, the newest first.",
        usage: """
            sprun runs
            sprun runs --prune --older-than 30d
            """,
        discussion: """
            done: came to its end · failed: ended with an error · stopped: a person must decide · unfinished: it runs, or \
            was killed · undone: sprun undo took it back. --prune asks, then forgets runs that are done or undone, but \
            for those with generated secrets that nobody was shown. With --all it forgets these too, and runs that could \
            be resumed; never a run that another process is carrying on.
            """)

    @Flag(help: "Forget runs that are done.")
    var prune = false

    @Flag(help: "With --prune: also runs that could be resumed, and secrets that nobody was shown.")
    var all = false

    @Flag(name: .shortAndLong, help: "With --prune: ask nothing.")
    var yes = false

    @Option(help: ArgumentHelp("With --prune: only runs that were last written that long ago.", valueName: "time"))
    var olderThan: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard prune || (!all && !yes && olderThan == nil) else {
            throw ValidationError("--all, --older-than and --yes go with --prune")
        }
        if let olderThan, Duration(text: olderThan) == nil {
            throw ValidationError("--older-than '\(olderThan)': write it as 12h or 30d")
        }
    }

    func run() async throws {
        let environment = Environment.current()
        let console = Console(color: output.color, environment: environment)
        let paths = try Paths(environment)
        let file = JournalFile(paths)
        var runs: [RunOverview] = []
        if file.exists {
            let store = try file.open()
            do throws(JournalError) {
                runs = try await store.runs()
            } catch {
                throw CommandFailure(error)
            }
            if prune {
                let pruning = RunPruning(console: console, paths: paths, store: store)
                runs = try await pruning.forget(runs, all: all, olderThan: age, isConfirmed: yes)
            }
            do throws(JournalError) { try await store.close() } catch { throw CommandFailure(error) }
        }
        if output.json {
            console.output.line(Self.json(runs, isForgotten: prune).text())
        } else if runs.isEmpty {
            console.note(prune ? "nothing to forget" : "no runs yet")
        } else {
            for run in runs { console.output.line((prune ? "forgot  " : "") + Self.line(run, console.outputStyle)) }
        }
        console.output.flush()
    }

    private var age: Duration { olderThan.flatMap { Duration(text: $0) } ?? .zero }

    /// Returns the line of a run in the list.
    static func line(_ run: RunOverview, _ style: Style) -> String {
        let status = run.status.rawValue
        let padded = status + String(repeating: " ", count: max(0, 10 - status.count))
        let shown =
            switch run.status {
            case .done: style.green(padded)
            case .failed, .stopped: style.red(padded)
            case .unfinished: style.yellow(padded)
            case .undone: padded
            }
        let changes = "\(run.changes) change\(run.changes == 1 ? "" : "s")"
        return "\(style.bold(run.header.id.rawValue))  \(shown)  \(run.header.started.text)  "
            + "\(run.header.recipe.withoutControls)  \(changes)  " + style.faint(run.header.accountName.withoutControls)
    }

    private static func json(_ runs: [RunOverview], isForgotten: Bool) -> JSONValue {
        let documents = runs.map { run -> JSONValue in
            [
                "run": .string(run.header.id.rawValue), "status": .string(run.status.rawValue),
                "recipe": .string(run.header.recipe), "started": .string(run.header.started.text),
                "updated": .string(run.updated.text), "changes": .integer(Int64(run.changes)),
                "account": .string(run.header.accountName),
            ]
        }
        return ["format_version": 1, isForgotten ? "forgotten" : "runs": .array(documents)]
    }
}
