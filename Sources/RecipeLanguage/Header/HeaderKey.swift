/// A key of a recipe's header, or an option of a parameter's declaration, with its documentation.
///
/// `HeaderReader` accepts the keys of these tables. The reference shows the same tables.
package struct HeaderKey: Hashable, Sendable {
    /// The name: `summary`.
    package let name: String
    /// The type as the reference writes it.
    package let type: String
    /// Whether a header must have the key.
    package let isRequired: Bool
    /// The meaning, in sentences.
    package let documentation: String
    /// The keys of the table that is the value; empty for other types.
    package let members: [HeaderKey]

    private init(
        _ name: String, _ type: String, isRequired: Bool = false, _ documentation: String, members: [HeaderKey] = []
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.documentation = documentation
        self.members = members
    }

    /// The keys of `recipe{ … }`, in the order in which people write them.
    package static let all = [
        HeaderKey("name", "string", isRequired: true, "The name: a-z, 0-9 and -."),
        HeaderKey("version", "string", isRequired: true, "Numbers with dots, such as \"1.0.0\"."),
        HeaderKey("sprun", "string", "The versions of sprun that run the recipe: \">=0.1\", \">=0.1 <2\"."),
        HeaderKey("summary", "string", isRequired: true, "The purpose, in one line."),
        HeaderKey("description", "string", "Paragraphs for sprun show and sprun doc; at most 16 KiB."),
        HeaderKey("author", "string", "The author."),
        HeaderKey("license", "string", "The license."),
        HeaderKey("needs", "table", "What the recipe may do. Reading the account needs no entry.", members: needs),
        HeaderKey("limits", "table", "The maximum number of changes in one run.", members: limits),
        HeaderKey("params", "table", "The parameters: NAME = param.KIND{ … }."),
        HeaderKey(
            "returns", "table",
            "The result: NAME = \"TYPE\". Types: \(returnTypes). A ? after the type marks an optional value."),
        HeaderKey("examples", "string[]", "Command lines."),
        HeaderKey("run", "function", "The recipe: takes a table of the parameters, returns a table."),
        HeaderKey("undo", "function", "Undoes changes outside of ServerPilot, for sprun undo."),
        HeaderKey("exports", "table", "Instead of run: the functions of a library, NAME = function."),
    ]

    private static let returnTypes = RecipeResultType.Kind.allCases.map(\.rawValue).joined(separator: ", ")

    /// The keys of `needs`.
    package static let needs = [
        HeaderKey("create", "string[]", "Kinds that it may create: servers, sshkeys, sysusers, apps, dbs, keys."),
        HeaderKey("update", "string[]", "Kinds that it may change; \"ssl\" is every change of certificates."),
        HeaderKey("delete", "string[]", "Kinds that it may delete, with all resources in them."),
        HeaderKey("http", "string[]", "Hosts that http may reach: \"api.example.com\"."),
        HeaderKey("ssh", "string[]|true", "Hosts that ssh may reach; true is every host that your keys reach."),
        HeaderKey("dns", "boolean", "Whether dns.addresses may look up names."),
        HeaderKey("read", "string[]", "Folders whose files it may read: \"./files\"."),
        HeaderKey("secrets", "string", "\"reveal\": it may read the text of secrets."),
    ]

    /// The keys of `limits`.
    package static let limits = [
        HeaderKey("create", "integer", "The maximum number of creations."),
        HeaderKey("delete", "integer", "The maximum number of deletions."),
    ]

    /// The options of every declaration of a parameter.
    package static let commonOptions = [
        HeaderKey("required", "boolean", "Whether a value is required; false by default."),
        HeaderKey("default", "any", "The value if none is given; not with required."),
        HeaderKey("doc", "string", "The meaning, for sprun show and questions."),
        HeaderKey("example", "any", "A value, for sprun doc and questions."),
    ]

    /// Returns all options that a declaration of this kind can have; a file and a secret have no default.
    package static func allOptions(of kind: RecipeParameter.Kind) -> [HeaderKey] {
        let hasNoDefault = [.file, .secret].contains(kind)
        return options(of: kind) + commonOptions.filter { !hasNoDefault || $0.name != "default" }
    }

    /// Returns the options of a kind of parameter, besides those of every kind.
    package static func options(of kind: RecipeParameter.Kind) -> [HeaderKey] {
        switch kind {
        case .string:
            [
                minimum("characters"), maximum("characters"),
                HeaderKey("pattern", "string", "A Lua pattern that must match a part of the text."),
                HeaderKey("allow_empty", "boolean", "Whether \"\" is a value; false by default."),
            ]
        case .secret: [minimum("bytes"), maximum("bytes")]
        case .integer, .number:
            [
                HeaderKey("min", "number", "The smallest value."), HeaderKey("max", "number", "The largest value."),
            ]
        case .enumeration: [HeaderKey("values", "string[]", isRequired: true, "The allowed words.")]
        case .list:
            [
                HeaderKey("of", "param", "The kind of the values; param.string{} by default."),
                minimum("values"), maximum("values"),
            ]
        case .runtime:
            [HeaderKey("server", "string", "The name of the parameter with the server that must have the runtime.")]
        default: []
        }
    }

    private static func minimum(_ unit: String) -> HeaderKey {
        HeaderKey("min", "number", "The smallest number of \(unit).")
    }

    private static func maximum(_ unit: String) -> HeaderKey {
        HeaderKey("max", "number", "The largest number of \(unit).")
    }
}

extension [HeaderKey] {
    /// The names, in order.
    package var names: [String] { map(\.name) }
}
