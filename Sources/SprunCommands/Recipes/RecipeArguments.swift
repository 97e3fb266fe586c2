internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import RecipeSharing
internal import SystemPackage

/// The recipe and the parameters of a command line: `FILE name=value …`, `-`, or `-e CODE`.
struct RecipeArguments {
    /// The recipe.
    let source: RecipeSource
    /// The module of the recipe; its imports are relative to this module's location.
    let module: ModuleSource
    /// The recipes and the lock that the recipe and its imports are resolved with.
    let recipes: ProjectRecipes
    /// The parameters by name.
    var parameters: [String: String]
    /// The header of the recipe; `nil` if it was not read yet or does not exist.
    var header: RecipeHeader?

    /// The parameters in the order of their names.
    var sortedParameters: OrderedDictionary<String, String> {
        OrderedDictionary(uniqueKeysWithValues: parameters.sorted { $0.key < $1.key })
    }

    /// The names of the parameters that are secrets: the header says so, or their name does; `nil` without a header.
    var secretParameters: Set<String>? {
        guard let header else { return nil }
        let declared = header.parameters.filter { rule in
            rule.kind == .secret || rule.elements.contains { $0.kind == .secret }
        }
        return Set(declared.map(\.name)).union(parameters.keys.filter(ResultMerge.mayBeSecret))
            .intersection(parameters.keys)
    }

    /// Whether the recipe has no file (`-e`, standard input), so that the journal or a plan must store its text.
    let isEphemeral: Bool

    /// The largest recipe in bytes: the largest real recipe has a few thousand lines.
    static let largestRecipe = 4 << 20

    /// Reads the recipe of a command line; `verb` is the command, for suggestions.
    ///
    /// - Throws: `CommandFailure`, `usage` or `unreadable_file`.
    init(code: String?, words: [String], for verb: String, in recipes: ProjectRecipes) throws {
        self.recipes = recipes
        var rest = words[...]
        isEphemeral = code != nil || words.first == "-"
        if let code {
            module = recipes.module("-e", text: Array(code.utf8))
        } else {
            guard let file = rest.popFirst() else {
                throw CommandFailure(
                    "usage", "no recipe named",
                    hint: "sprun \(verb) RECIPE [name=value …], or -e CODE; sprun recipes lists recipes"
                )
            }
            module = try Self.read(file, for: verb, recipes)
        }
        source = RecipeSource(name: module.displayName, text: module.text)
        parameters = try Self.parameters(Array(rest))
    }

    /// Reads a recipe that an earlier command named; `text` is the recipe's text if it has no file.
    ///
    /// - Throws: `CommandFailure`, `unreadable_file`.
    init(
        name: String, text: [UInt8]?, parameters: OrderedDictionary<String, String>, in recipes: ProjectRecipes
    ) throws {
        self.recipes = recipes
        isEphemeral = text != nil
        module = try text.map { recipes.module(name, text: $0) } ?? Self.read(name, for: "run", recipes)
        source = RecipeSource(name: module.displayName, text: module.text)
        self.parameters = Dictionary(uniqueKeysWithValues: parameters.map { ($0.key, $0.value) })
    }

    /// Creates a recipe that sprun itself has written.
    init(written name: String, text: String, in recipes: ProjectRecipes) {
        self.recipes = recipes
        module = recipes.module(name, text: Array(text.utf8))
        source = RecipeSource(name: name, text: module.text)
        parameters = [:]
        isEphemeral = true
    }

    private static func read(_ file: String, for verb: String, _ recipes: ProjectRecipes) throws -> ModuleSource {
        if file != "-", recipes.isRemote(file) || (recipes.ships(file) && !PrivateFile.exists(FilePath(file))) {
            return try recipes.module(file)
        }
        if file != "-", !PrivateFile.exists(FilePath(file)) {
            throw UnknownRecipe(name: file, verb: verb, recipes: recipes).failure
        }
        let text =
            try file == "-" ? PrivateFile.readStandardInput() : PrivateFile.read(FilePath(file), what: "the recipe")
        guard text.count <= largestRecipe else {
            throw CommandFailure("unreadable_file", "the recipe '\(file)' is larger than 4 MiB")
        }
        return recipes.module(file, text: text)
    }

    private static func parameters(_ words: [String]) throws -> [String: String] {
        var parameters: [String: String] = [:]
        for word in words {
            guard let equals = word.firstIndex(of: "="), isName(word[..<equals]) else {
                throw CommandFailure(
                    "usage", "'\(word)' is not a parameter",
                    hint: "write parameters as name=value, such as domain=acme.example")
            }
            let name = String(word[..<equals])
            guard parameters.updateValue(String(word[word.index(after: equals)...]), forKey: name) == nil else {
                throw CommandFailure("usage", "the parameter '\(name)' appears twice")
            }
        }
        return parameters
    }

    /// Returns this recipe if no parameter is empty; a plain script cannot declare that a parameter may be empty.
    ///
    /// - Throws: `CommandFailure`, `usage`.
    func withoutEmptyParameters() throws -> RecipeArguments {
        if let empty = parameters.filter(\.value.isEmpty).keys.min() {
            throw GivenParameters.empty(empty)
        }
        return self
    }

    /// The given parameters whose names are nowhere in the recipe's text, each with the nearest name that it reads.
    ///
    /// A script that walks through `sp.params` reads all of them.
    var unreadParameters: [(name: String, nearest: String?)] {
        guard !parameters.isEmpty else { return [] }
        let text = String(decoding: source.text, as: UTF8.self)
        guard !text.contains("pairs(sp.params") else { return [] }
        let read = readParameters
        return parameters.keys.sorted().filter { !text.contains($0) }.map { ($0, read.nearest(to: $0)) }
    }

    /// The parameters that the recipe's text reads as `sp.params.NAME`.
    var readParameters: [String] {
        let (text, mark) = (source.text, Array("sp.params.".utf8))
        return text.indices.compactMap { index in
            guard text[index] == mark[0], text[index...].starts(with: mark) else { return nil }
            let name = text[(index + mark.count)...].prefix { $0 == UInt8(ascii: "_") || $0.isLetterOrDigit }
            return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
        }
    }

    /// The recipe's name in `sprun.toml`: that of its file, without the ending `.lua`.
    var projectName: String {
        let name = FilePath(source.name).lastComponent?.string ?? source.name
        return name.hasSuffix(".lua") ? String(name.dropLast(4)) : name
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "-") else { return false }
        return text.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte.isLetterOrDigit
        }
    }
}
