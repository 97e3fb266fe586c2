internal import Groundwork
internal import SystemPackage

/// The failure for a word on the command line that is neither a command nor a recipe.
struct UnknownRecipe {
    /// The word.
    let name: String
    /// The command that the word follows: `run`, also without a command.
    let verb: String
    let recipes: ProjectRecipes

    /// Commands for words of other programs.
    private static let otherWords = [
        "version": "--version", "completion": "--generate-completion-script bash", "list": "recipes", "ls": "recipes",
        "search": "recipes", "init": "new FILE", "create": "new FILE", "preview": "plan RECIPE", "diff": "plan RECIPE",
        "exec": "run RECIPE", "execute": "run RECIPE", "start": "run RECIPE", "history": "runs", "status": "runs",
        "log": "runs", "logs": "runs", "continue": "resume", "retry": "resume", "rollback": "undo RUN",
        "destroy": "undo RUN", "delete": "undo RUN", "install": "get LOCATOR", "add": "get LOCATOR",
        "auth": "login", "config": "login", "serve": "simulate", "server": "simulate", "man": "help",
    ]

    /// The failure, with the nearest names.
    var failure: CommandFailure {
        if let shipped { return missing("'\(shipped)' ships with sprun: sprun \(verb) \(shipped)") }
        guard !name.contains("/"), !name.contains(".") else {
            return missing(files.nearest(to: name).map { "did you mean '\($0)'?" })
        }
        let stems = Dictionary(names.map { (stem($0), $0) }, uniquingKeysWith: { first, _ in first })
        let command =
            stems[name] == nil ? Sprun.commandNames.nearest(to: name).map { "the command 'sprun \($0)'" } : nil
        let recipe = stems.keys.nearest(to: name).flatMap { stems[$0] }.map { "the recipe '\($0)'" }
        let other = stems[name] == nil ? Self.otherWords[name].map { "'sprun \($0)'" } : nil
        let likely = other.map { [$0] } ?? [command, recipe].compactMap(\.self)
        return CommandFailure(
            "usage", "unknown command or recipe '\(name)'",
            hint: likely.isEmpty
                ? "sprun help lists the commands, sprun recipes the recipes"
                : "did you mean \(likely.joined(separator: " or "))?")
    }

    private var files: [String] { recipes.fileNames }

    private var names: [String] { RecipeCollection(recipes: recipes).names.map(\.name) }

    /// The shipped recipe of a name with `.lua` behind it.
    private var shipped: String? { recipes.ships(stem(name)) && stem(name) != name ? stem(name) : nil }

    /// Returns the name of a file without its folders and `.lua`; another name as it is.
    private func stem(_ name: String) -> String {
        guard name.hasSuffix(".lua") else { return name }
        return FilePath(name).lastComponent?.stem ?? name
    }

    private func missing(_ hint: String?) -> CommandFailure {
        CommandFailure(
            "unreadable_file", "the recipe '\(name)' cannot be read: \(Errno.noSuchFileOrDirectory.plainDescription)",
            hint: hint)
    }
}
