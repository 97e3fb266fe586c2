internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage

/// The command that plans a recipe again with the same arguments, for use if a plan no longer matches.
struct NewPlanCommand {
    /// The command, ready to paste into a shell; it contains no secret.
    let text: String

    /// Composes the command.
    ///
    /// - Parameters:
    ///   - recipe: The recipe with its parameters.
    ///   - header: The recipe's header; `nil` for a plain script.
    ///   - isSimulated: Whether the plan was for the simulated account.
    init(_ recipe: RecipeArguments, _ header: RecipeHeader?, isSimulated: Bool) {
        var words = ["sprun", "plan"]
        if isSimulated { words.append("--simulate") }
        words.append(recipe.isEphemeral ? "-e CODE" : recipe.source.name.shellQuoted)
        for (name, value) in recipe.parameters.sorted(by: { $0.key < $1.key }) {
            let parameter = header?.parameters.first { $0.name == name }
            switch parameter?.kind {
            case .secret: words.append("\(name)=@FILE")
            case .file: words.append("\(name)=FILE")
            // A value with a line break came from a file, or it cannot be pasted.
            case _ where value.contains { $0.isNewline }: words.append("\(name)=@FILE")
            default: words.append("\(name)=\(value)".shellQuoted)
            }
        }
        text = words.joined(separator: " ")
    }
}

extension RecipeSession {
    /// Returns the command that plans a recipe again.
    func newPlan(of recipe: RecipeArguments, on target: RunTarget) async -> String {
        // If the recipe can no longer be read, the arguments stay the same, and `sprun plan` reports the error.
        let header =
            if let known = recipe.header {
                known as RecipeHeader?
            } else {
                try? await RecipeEngine.describe(recipe.source, surroundings: surroundings(of: recipe, on: target))
                    .header
            }
        return NewPlanCommand(recipe, header, isSimulated: settings.simulate).text
    }
}
