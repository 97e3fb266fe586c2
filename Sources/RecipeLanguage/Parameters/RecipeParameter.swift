public import Groundwork
package import ServerPilot

/// A parameter of a recipe, as its header declares it.
///
/// ```swift
/// func help(_ parameter: RecipeParameter) -> String {
///     let isRequired = parameter.isRequired ? ", required" : ""
///     return "\(parameter.name) (\(parameter.kindWords)\(isRequired)): \(parameter.documentation)"
/// }
/// ```
public struct RecipeParameter: Hashable, Sendable {
    // Large: it mirrors the options of a declaration.
    /// The kinds of parameters.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Text.
        case string
        /// A whole number.
        case integer
        /// A number.
        case number
        /// `true` or `false`.
        case boolean
        /// One of several words.
        case enumeration = "enum"
        /// A list of values, separated by commas on the command line.
        case list
        /// A duration with a unit, such as `30m`; the recipe gets seconds.
        case duration
        /// A file; the recipe gets its content.
        case file
        /// Text that is never shown.
        case secret
        /// A server, by id or name; the recipe gets the record.
        case server
        /// A system user, by id, name, or `server/name`.
        case sysuser
        /// An app, by id, name, or `server/name`.
        case app
        /// A database, by id, name, or `server/name`.
        case db
        /// A PHP runtime that a server offers, or `newest`.
        case runtime
        /// A domain, in lower case.
        case domain

        /// The kind of resource to look the value up in; `nil` for kinds without a lookup.
        package var resource: ResourceKind? {
            switch self {
            case .server: .server
            case .sysuser: .sysuser
            case .app: .app
            case .db: .db
            default: nil
            }
        }

        /// The values on the command line and in the recipe, in sentences.
        package var documentation: String {
            switch self {
            case .string: "Text. The recipe gets a string."
            case .integer: "A whole number."
            case .number: "A number."
            case .boolean: "true, yes, 1, false, no or 0. The recipe gets a boolean."
            case .enumeration: "One of several words. The recipe gets a string."
            case .list: "Values separated by commas. The recipe gets a list."
            case .duration: "A duration such as 45s, 30m or 1h30m. The recipe gets seconds."
            case .file: "The path of a file. The recipe gets the content."
            case .secret: "@FILE, @- for standard input, or @env:VARIABLE. The recipe gets a seal."
            case .server: "The id or the name of a server. The recipe gets the server."
            case .sysuser: "A system user: id, name or SERVER/NAME. The recipe gets the system user."
            case .app: "An app: id, name or SERVER/NAME. The recipe gets the app."
            case .db: "A database: id, name or SERVER/NAME. The recipe gets the database."
            case .runtime: "A PHP runtime such as php8.4, or newest. The recipe gets a string."
            case .domain: "A domain, also with *. in front. The recipe gets it in lower case."
            }
        }
    }

    /// The name, such as `domain`.
    public var name: String
    /// The kind.
    public var kind: Kind
    /// Whether a value is required.
    public var isRequired = false
    /// Whether an empty string is allowed; otherwise it counts as a mistake, such as an unset shell variable.
    public var allowsEmpty = false
    /// The value if none is given; `null` for no default.
    public var defaultValue: JSONValue = .null
    /// A description of the parameter.
    public var documentation = ""
    /// An example value.
    public var example: String?
    /// The words of an enumeration.
    public var values: [String] = []
    /// The minimum length, value or number of elements.
    public var minimum: Double?
    /// The maximum length, value or number of elements.
    public var maximum: Double?
    /// The Lua pattern that must match a part of the value.
    public var pattern: String?
    /// For a list, the declaration of its values: a single element.
    public var elements: [RecipeParameter] = []
    /// For a runtime, the name of the parameter with the server that must offer it.
    public var server: String?
    /// The position among the parameters, in the order in which they are declared.
    public var place = 0

    /// The kind in a few words: `one of create, delete`.
    public var kindWords: String {
        switch kind {
        case .enumeration: "one of \(values.joined(separator: ", "))"
        case .list: "list of \(elements.first?.kindWords ?? "string")"
        case .file: "file"
        case .db: "database"
        case .sysuser: "system user"
        default: kind.rawValue
        }
    }
}
