internal import LuaHost
internal import RecipeEngine
internal import RecipeSharing
internal import SystemPackage

/// Which recipe is meant and what it is given: `FILE name=value …`, `-`, or `-e CODE`.
struct RecipeArguments {
    /// The recipe.
    let source: RecipeSource
    /// Where it is, from which its imports are meant.
    let module: ModuleSource
    /// The recipes among which it and its imports are looked for, as their lock was when it was found.
    let recipes: ProjectRecipes
    /// Its parameters.
    var parameters: [String: String]
    /// What it said of itself when it was looked at; `nil` where it was not, or says nothing.
    var header: RecipeHeader?

    /// Whether nobody has the text when the command has ended.
    let isEphemeral: Bool

    /// Recipes larger than this are refused: the largest in the field has a few thousand lines.
    static let largestRecipe = 4 << 20

    /// A recipe of the command line.
    ///
    /// - Parameters:
    ///   - code: its text, where it has no file.
    ///   - words: the recipe and its parameters.
    ///   - commands: the names of the commands, one of which may be meant.
    ///   - recipes: where it is looked for.
    /// - Throws: `CommandFailure`, `usage` or `unreadable_file`.
    init(code: String?, words: [String], commands: [String], in recipes: ProjectRecipes) throws {
        self.recipes = recipes
        var rest = words[...]
        isEphemeral = code != nil || words.first == "-"
        if let code {
            module = recipes.module("-e", text: Array(code.utf8))
        } else {
            guard let file = rest.popFirst() else {
                throw CommandFailure(
                    "usage", "no recipe is named", hint: "name its file, as in site.lua [name=value …], or pass -e CODE"
                )
            }
            module = try Self.read(file, commands: commands, recipes)
        }
        source = RecipeSource(name: module.displayName, text: module.text)
        parameters = try Self.parameters(Array(rest))
    }

    /// A recipe that was named before.
    ///
    /// - Parameters:
    ///   - name: its file.
    ///   - text: the text, where it has no file.
    ///   - parameters: its parameters.
    ///   - recipes: where it is looked for.
    /// - Throws: `CommandFailure`, `unreadable_file`.
    init(name: String, text: [UInt8]?, parameters: [String: String], in recipes: ProjectRecipes) throws {
        self.recipes = recipes
        isEphemeral = text != nil
        module = try text.map { recipes.module(name, text: $0) } ?? Self.read(name, commands: [], recipes)
        source = RecipeSource(name: module.displayName, text: module.text)
        self.parameters = parameters
    }

    /// A recipe that the program itself has written.
    ///
    /// - Parameters:
    ///   - name: what it is called.
    ///   - text: the recipe.
    ///   - recipes: where its imports would be looked for.
    init(written name: String, text: String, in recipes: ProjectRecipes) {
        self.recipes = recipes
        module = recipes.module(name, text: Array(text.utf8))
        source = RecipeSource(name: name, text: module.text)
        parameters = [:]
        isEphemeral = true
    }

    private static func read(_ file: String, commands: [String], _ recipes: ProjectRecipes) throws -> ModuleSource {
        if file != "-", recipes.isRemote(file) || (recipes.ships(file) && !PrivateFile.exists(FilePath(file))) {
            return try recipes.module(file)
        }
        let text: [UInt8]
        do {
            text =
                try file == "-" ? PrivateFile.readStandardInput() : PrivateFile.read(FilePath(file), what: "the recipe")
        } catch let failure as CommandFailure {
            let isWord = !file.contains("/") && !file.contains(".")
            let command = isWord ? commands.nearest(to: file).map { "did you mean the command 'sprun \($0)'?" } : nil
            let name =
                isWord ? ShippedRecipes.texts.keys.nearest(to: file).map { "did you mean the recipe '\($0)'?" } : nil
            throw CommandFailure(failure.code, failure.message, hint: command ?? name)
        }
        guard text.count <= largestRecipe else {
            throw CommandFailure("unreadable_file", "the recipe '\(file)' has more than 4 MiB")
        }
        return recipes.module(file, text: text)
    }

    private static func parameters(_ words: [String]) throws -> [String: String] {
        var parameters: [String: String] = [:]
        for word in words {
            guard let equals = word.firstIndex(of: "="), isName(word[..<equals]) else {
                throw CommandFailure(
                    "usage", "'\(word)' is no parameter",
                    hint: "parameters are written name=value, as in domain=acme.example")
            }
            let name = String(word[..<equals])
            guard parameters.updateValue(String(word[word.index(after: equals)...]), forKey: name) == nil else {
                throw CommandFailure("usage", "the parameter '\(name)' is given twice")
            }
        }
        return parameters
    }

    /// The recipe of a plain script, which has no way to say that a parameter may be empty.
    ///
    /// - Throws: `CommandFailure`, `usage`.
    func withoutEmptyParameters() throws -> RecipeArguments {
        if let empty = parameters.filter(\.value.isEmpty).keys.min() {
            throw GivenParameters.empty(empty, mayAllow: true)
        }
        return self
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "-") else { return false }
        return text.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }
}
