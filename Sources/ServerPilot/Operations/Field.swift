/// One named value of a request or a reply.
public struct Field: Hashable, Sendable {
    /// How far a value may travel.
    public enum Secrecy: Hashable, Sendable {
        /// It may be shown.
        case open
        /// A recipe may use it; it is taken out of every text.
        case secret
        /// Not even a recipe sees it: the private key that every reply about a certificate carries.
        case hidden
    }

    /// The wire name.
    public let name: String
    /// Type and, for objects, the members.
    public let type: FieldType
    /// Of a request: it must be given.
    ///
    /// Of a reply: it is always there.
    public let isRequired: Bool
    /// Whether `null` stands for it at times.
    public let isNullable: Bool
    /// How far the value may travel.
    public let secrecy: Secrecy
    /// What the value must keep to, each rule with its evidence.
    public let constraints: [Constraint]
    /// One sentence of documentation.
    public let documentation: String

    /// A field that is described in full.
    public init(
        name: String, type: FieldType, isRequired: Bool, isNullable: Bool = false, secrecy: Secrecy = .open,
        constraints: [Constraint] = [], documentation: String
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.isNullable = isNullable
        self.secrecy = secrecy
        self.constraints = constraints
        self.documentation = documentation
    }

    /// The same field, which may be left out.
    public var asOptional: Field {
        Field(
            name: name, type: type, isRequired: false, isNullable: isNullable, secrecy: secrecy,
            constraints: constraints, documentation: documentation)
    }

    /// A field that must be given, or is always there.
    static func required(
        _ name: String, _ type: FieldType, nullable: Bool = false, secrecy: Secrecy = .open,
        _ constraints: [Constraint], _ documentation: String
    ) -> Field {
        Field(
            name: name, type: type, isRequired: true, isNullable: nullable, secrecy: secrecy,
            constraints: constraints, documentation: documentation)
    }

    /// A field that must be given, or is always there, and may hold anything of its type.
    static func required(
        _ name: String, _ type: FieldType, nullable: Bool = false, secrecy: Secrecy = .open, _ documentation: String
    ) -> Field {
        .required(name, type, nullable: nullable, secrecy: secrecy, [], documentation)
    }

    /// A field that may be left out.
    static func optional(
        _ name: String, _ type: FieldType, nullable: Bool = false, secrecy: Secrecy = .open,
        _ constraints: [Constraint], _ documentation: String
    ) -> Field {
        Field(
            name: name, type: type, isRequired: false, isNullable: nullable, secrecy: secrecy,
            constraints: constraints, documentation: documentation)
    }

    /// A field that may be left out, and may hold anything of its type.
    static func optional(
        _ name: String, _ type: FieldType, nullable: Bool = false, secrecy: Secrecy = .open, _ documentation: String
    ) -> Field {
        .optional(name, type, nullable: nullable, secrecy: secrecy, [], documentation)
    }
}
