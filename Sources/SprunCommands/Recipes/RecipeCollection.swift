internal import Groundwork
internal import RecipeEngine
internal import RecipeLanguage
internal import RecipeSharing
internal import SystemPackage

/// All recipes that a user can name in a project: its files, its locked recipes and the shipped recipes.
struct RecipeCollection {
    let recipes: ProjectRecipes

    /// A recipe with its header, read without running it.
    struct Entry {
        /// The places that recipes come from, in the order of the list.
        enum Origin: String, CaseIterable {
            case project, lock, shipped
        }

        /// The name on the command line.
        let name: String
        let origin: Origin
        /// The header; `nil` for a plain script, and for a recipe that cannot be read.
        let header: RecipeHeader?
        /// The reason why the recipe cannot be read; `nil` if it was read.
        let problem: String?

        /// Whether recipes import it instead of people running it.
        var isLibrary: Bool { header?.exports != nil }
    }

    /// The names with their origins, in the order of the list.
    var names: [(name: String, origin: Entry.Origin)] {
        let locked = recipes.resolver.lock.git.keys.map { "\($0)" }.sorted()
        return recipes.fileNames.map { ($0, .project) } + locked.map { ($0, .lock) }
            + ShippedRecipes.texts.keys.sorted().map { ($0, .shipped) }
    }

    /// Reads the headers of all recipes.
    func entries() async -> [Entry] {
        var entries: [Entry] = []
        for (name, origin) in names {
            do {
                let module = try recipes.module(name)
                let source = RecipeSource(name: module.displayName, text: module.text)
                let header =
                    RecipeText(source.text).hasHeader
                    ? try await RecipeEngine.describe(
                        source, surroundings: try recipes.surroundings(of: module, isUnsafe: false)
                    ).header : nil
                entries.append(Entry(name: name, origin: origin, header: header, problem: nil))
            } catch {
                entries.append(Entry(name: name, origin: origin, header: nil, problem: CommandFailure(error).message))
            }
        }
        return entries
    }
}
