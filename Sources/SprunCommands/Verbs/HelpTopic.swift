internal import ArgumentParser
internal import Groundwork
internal import RecipeEngine

/// A topic of `sprun help`.
enum HelpTopic {
    /// A command, or `sprun` itself.
    case command(any ParsableCommand.Type)
    /// A global of recipes with its functions.
    case module(ReferenceModule)
    /// A function of recipes.
    case function(ReferencedFunction)
    /// A kind of failure.
    case failure(FailureKind)
    /// A recipe: a file, a shipped name or a locator.
    case recipe(String)

    /// Finds a topic.
    ///
    /// - Throws: `CommandFailure`, `usage`, with the nearest topic, if there is none.
    init(_ words: [String], in workspace: Workspace) throws {
        guard let first = words.first else {
            self = .command(Sprun.self)
            return
        }
        let name = words.joined(separator: ".")
        let functions = FunctionReference.modules.flatMap(\.functions)
        if words.count == 1, let command = Sprun.command(named: first) {
            self = .command(command)
        } else if let function = functions.first(where: { $0.name == name }) {
            self = .function(function)
        } else if let module = FunctionReference.modules.first(where: { $0.name == name }) {
            self = .module(module)
        } else if let kind = FailureCatalogue.named(name) {
            self = .failure(kind)
        } else if words.count == 1, try workspace.isRecipe(first), !Self.isFunction(first) {
            self = .recipe(first)
        } else {
            throw Self.unknown(name, functions.map(\.name))
        }
    }

    /// Whether a word is written like a function of a module.
    private static func isFunction(_ word: String) -> Bool {
        FunctionReference.modules.contains { word.hasPrefix($0.name + ".") } && !word.hasSuffix(".lua")
    }

    private static func unknown(_ name: String, _ functions: [String]) -> CommandFailure {
        let modules = FunctionReference.modules.map(\.name)
        let topics = Sprun.commandNames + modules + functions + Array(ShippedRecipes.texts.keys)
        // A function without its module, then a function by another verb, then a typing error.
        let members = Dictionary(
            functions.map { (String($0.split(separator: ".").last ?? ""), $0) }, uniquingKeysWith: { first, _ in first }
        )
        let likely =
            members[name] ?? FunctionReference.meant(by: name).first ?? topics.nearest(to: name)
            ?? members.keys.nearest(to: name).flatMap { members[$0] }
        return CommandFailure(
            "usage", "there is no help about '\(name)'",
            hint: likely.map { "sprun help \($0)" } ?? "topics: commands, \(modules.joined(separator: ", ")), recipes")
    }
}
