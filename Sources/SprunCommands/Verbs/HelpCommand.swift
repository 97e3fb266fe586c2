internal import ArgumentParser
internal import Groundwork
internal import RecipeLanguage

/// `sprun help [TOPIC]`.
struct HelpCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "help",
        abstract: "Explain a command, a function, a recipe or an error.",
        usage: """
            sprun help run
            sprun help sp
            sprun help sp.create_app
            sprun help new-site
            """,
        discussion: """
            The topics are all commands; the modules of recipes sp, http, ssh, dns and param; their functions; recipe, \
            the header; import; recipes; and codes of errors.
            """)

    @Argument(help: ArgumentHelp("The topic; without one, an overview.", valueName: "TOPIC"))
    var words: [String] = []

    @OptionGroup var output: OutputOptions

    init() {}

    /// Creates the help about a topic; `output` are the options of the command that was asked for help.
    init(_ topic: String, output: OutputOptions) {
        words = [topic]
        self.output = output
    }

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        switch try HelpTopic(words, in: workspace) {
        case .command(let command):
            await reporter.show(CommandPage(command: command))
        case .module(let module): await reporter.show(ModulePage(module: module))
        case .function(let function): await reporter.show(FunctionPage(function: function))
        case .failure(let kind): await reporter.show(FailurePage(kind: kind))
        case .recipe(let name):
            let (description, source) = try await workspace.describe(name)
            await reporter.show(RecipeReport(description: description, name: source.name))
        }
        return .done
    }
}
