internal import OrderedCollections
internal import RecipeEngine

/// The command that plans a recipe again with the arguments that it had: what leads on where a plan no longer fits.
struct NewPlanCommand {
    /// The command, ready to be pasted into a shell; no secret is in it.
    let text: String

    /// - Parameters:
    ///   - recipe: the recipe with its parameters.
    ///   - header: what it says of itself; `nil` for a plain script.
    ///   - isSimulated: whether it was planned for the simulated account.
    init(_ recipe: RecipeArguments, _ header: RecipeHeader?, isSimulated: Bool) {
        var words = ["sprun", "plan"]
        if isSimulated { words.append("--simulate") }
        words.append(recipe.isEphemeral ? "-e CODE" : recipe.source.name.shellQuoted)
        for (name, value) in recipe.parameters.sorted(by: { $0.key < $1.key }) {
            let parameter = header?.parameters.first { $0.name == name }
            switch parameter?.kind {
            case .secret: words.append("\(name)=@FILE")
            case .file: words.append("\(name)=FILE")
            // The word on the command line named a file, or it cannot be pasted.
            case _ where value.contains { $0.isNewline }: words.append("\(name)=@FILE")
            default: words.append("\(name)=\(value)".shellQuoted)
            }
        }
        text = words.joined(separator: " ")
    }
}

extension RecipeSession {
    /// The command that plans a recipe again.
    func newPlan(of recipe: RecipeArguments, on target: RunTarget) async -> String {
        // A recipe that cannot be read any more is planned by the same words; that it cannot be read is told then.
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
