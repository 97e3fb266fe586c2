public import ServerPilot

/// One parameter of a recipe, as its header declares it.
public struct RecipeParameter: Hashable, Sendable {
    /// What a parameter is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Text.
        case string
        /// A whole number.
        case integer
        /// A number.
        case number
        /// `true` or `false`.
        case boolean
        /// One of some words.
        case enumeration = "enum"
        /// Several values; on the command line with commas between them.
        case list
        /// A time with a unit, such as `30m`; the recipe gets seconds.
        case duration
        /// A file: the recipe gets its content.
        case file
        /// Text that is shown nowhere.
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

        /// The things among which it is looked up; `nil` where it is not.
        var resource: ResourceKind? {
            switch self {
            case .server: .server
            case .sysuser: .sysuser
            case .app: .app
            case .db: .db
            default: nil
            }
        }

        /// The options that its declaration takes beside those of every kind.
        var options: [String] {
            switch self {
            case .string: ["min", "max", "pattern", "allow_empty"]
            case .secret, .integer, .number: ["min", "max"]
            case .enumeration: ["values"]
            case .list: ["of", "min", "max"]
            case .runtime: ["server"]
            default: []
            }
        }
    }

    /// The name: `domain`.
    public var name: String
    /// What it is.
    public var kind: Kind
    /// Whether it must be given.
    public var isRequired = false
    /// Whether the empty text may be given; without, an empty word is a mistake, such as a variable that is not set.
    public var allowsEmpty = false
    /// What it is where nothing is given; `null` for nothing.
    public var defaultValue: JSONValue = .null
    /// What it is for.
    public var documentation = ""
    /// A value that shows what is meant.
    public var example: String?
    /// The words of an enumeration.
    public var values: [String] = []
    /// The least length, value or count.
    public var minimum: Double?
    /// The greatest length, value or count.
    public var maximum: Double?
    /// The pattern of Lua that must be found in it.
    public var pattern: String?
    /// Of a list, what its values are: one element.
    public var elements: [RecipeParameter] = []
    /// Of a runtime, the parameter of the server that must offer it.
    public var server: String?
    /// Its place among the parameters, in the order in which they are written.
    public var place = 0

    /// What it is, in a few words: `one of create, delete`.
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
