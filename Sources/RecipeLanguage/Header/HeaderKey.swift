/// The keys of a recipe's header, and the options of a parameter's declaration.
///
/// `HeaderReader` accepts the keys of these tables. The reference shows the same tables.
package enum HeaderKey {
    /// The keys of `recipe{ … }`, in the order in which people write them.
    package static let all = [
        TableKey("name", "string", isRequired: true, "The name: a-z, 0-9 and -."),
        TableKey("version", "string", isRequired: true, "Numbers with dots, such as \"1.0.0\"."),
        TableKey("sprun", "string", "The versions of sprun that run the recipe: \">=0.1\", \">=0.1 <2\"."),
        TableKey("summary", "string", isRequired: true, "The purpose, in one line."),
        TableKey("description", "string", "Paragraphs for sprun show and sprun doc; at most 16 KiB."),
        TableKey("author", "string", "The author."),
        TableKey("license", "string", "The license."),
        TableKey("needs", "table", "What the recipe may do. Reading the account needs no entry.", members: needs),
        TableKey("limits", "table", "The maximum number of changes in one run.", members: limits),
        TableKey("params", "table", "The parameters: NAME = param.KIND{ … }."),
        TableKey(
            "returns", "table",
            "The result: NAME = \"TYPE\". Types: \(returnTypes). A ? after the type marks an optional value."),
        TableKey("examples", "string[]", "Command lines."),
        TableKey("run", "function", "The recipe: takes a table of the parameters, returns a table."),
        TableKey("undo", "function", "Undoes changes outside of ServerPilot, for sprun undo."),
        TableKey("exports", "table", "Instead of run: the functions of a library, NAME = function."),
    ]

    private static let returnTypes = RecipeResultType.Kind.allCases.map(\.rawValue).joined(separator: ", ")

    /// The keys of `needs`.
    package static let needs = [
        TableKey("create", "string[]", "Kinds that it may create: servers, sshkeys, sysusers, apps, dbs, keys."),
        TableKey("update", "string[]", "Kinds that it may change; \"ssl\" is every change of certificates."),
        TableKey("delete", "string[]", "Kinds that it may delete, with all resources in them."),
        TableKey("http", "string[]", "Hosts that http may reach: \"api.example.com\"."),
        TableKey("ssh", "string[]|true", "Hosts that ssh may reach; true is every host that your keys reach."),
        TableKey("dns", "boolean", "Whether dns.addresses may look up names."),
        TableKey("read", "string[]", "Folders whose files it may read: \"./files\"."),
        TableKey("secrets", "string", "\"reveal\": it may read the text of secrets."),
    ]

    /// The keys of `limits`.
    package static let limits = [
        TableKey("create", "integer", "The maximum number of creations."),
        TableKey("delete", "integer", "The maximum number of deletions."),
    ]

    /// The options of every declaration of a parameter.
    package static let commonOptions = [
        TableKey("required", "boolean", "Whether a value is required; false by default."),
        TableKey("default", "any", "The value if none is given; not with required."),
        TableKey("doc", "string", "The meaning, for sprun show and questions."),
        TableKey("example", "any", "A value, for sprun doc and questions."),
    ]

    /// Returns all options that a declaration of this kind can have; a file and a secret have no default.
    package static func allOptions(of kind: RecipeParameter.Kind) -> [TableKey] {
        let hasNoDefault = [.file, .secret].contains(kind)
        return options(of: kind) + commonOptions.filter { !hasNoDefault || $0.name != "default" }
    }

    /// Returns the options of a kind of parameter, besides those of every kind.
    package static func options(of kind: RecipeParameter.Kind) -> [TableKey] {
        switch kind {
        case .string:
            [
                minimum("characters"), maximum("characters"),
                TableKey("pattern", "string", "A Lua pattern that must match a part of the text."),
                TableKey("allow_empty", "boolean", "Whether \"\" is a value; false by default."),
            ]
        case .secret: [minimum("bytes"), maximum("bytes")]
        case .integer, .number:
            [
                TableKey("min", "number", "The smallest value."), TableKey("max", "number", "The largest value."),
            ]
        case .enumeration: [TableKey("values", "string[]", isRequired: true, "The allowed words.")]
        case .list:
            [
                TableKey("of", "param", "The kind of the values; param.string{} by default."),
                minimum("values"), maximum("values"),
            ]
        case .runtime:
            [TableKey("server", "string", "The name of the parameter with the server that must have the runtime.")]
        default: []
        }
    }

    private static func minimum(_ unit: String) -> TableKey {
        TableKey("min", "number", "The smallest number of \(unit).")
    }

    private static func maximum(_ unit: String) -> TableKey {
        TableKey("max", "number", "The largest number of \(unit).")
    }
}
