internal import ArgumentParser
internal import DurableSteps
internal import FoundationEssentials
internal import RecipeEngine
internal import RecipeLanguage

/// Completions that shells ask `sprun` for while a user types: they depend on folder, journal and settings.
///
/// A completion never fails: without an answer it is empty.
enum Completion {
    /// The names of profiles.
    static let profile = CompletionKind.custom { (_, _, _) -> [String] in
        ((try? Profile.all(try Workspace.current().paths)) ?? []).map(\.name)
    }

    /// The codes of errors.
    static let code = CompletionKind.custom { (_, _, _) -> [String] in FailureCatalogue.all.map(\.number) }

    /// The ids of runs.
    static let run = CompletionKind.custom { (_, _, _) async -> [String] in await runs() }

    /// The ids of runs, and recipes.
    static let runOrRecipe = CompletionKind.custom { (_, _, _) async -> [String] in await runs() + recipes }

    /// Recipes.
    static let recipe = CompletionKind.custom { (_, _, _) -> [String] in recipes }

    /// A recipe; after it, the parameters that are not given yet.
    static let recipeWords = CompletionKind.custom { (words, index, _) async -> [String] in
        let before = words.prefix(max(0, index))
        let known = Set(recipes)
        guard let name = before.first(where: { known.contains($0) || isRecipeFile($0) }) else {
            return recipes
        }
        guard let header = try? await Workspace.current().describe(name).description.header else { return [] }
        let given = Set(words.compactMap { $0.split(separator: "=", omittingEmptySubsequences: false).first })
        return header.parameters.filter { !given.contains($0.name[...]) }.map { "\($0.name)=" }
    }

    private static var recipes: [String] {
        (try? Workspace.current().recipes).map { RecipeCollection(recipes: $0).names.map(\.name) } ?? []
    }

    private static func isRecipeFile(_ word: String) -> Bool {
        word.hasSuffix(".lua") && FileManager.default.fileExists(atPath: word)
    }

    private static func runs() async -> [String] {
        guard let journal = try? Workspace.current().journalIfExists(), let runs = try? await journal.listedRuns()
        else {
            return []
        }
        return runs.map(\.header.id.rawValue)
    }
}
