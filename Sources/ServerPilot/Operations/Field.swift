/// One named value of a request or a response.
package struct Field: Hashable, Sendable {
    /// The audience that may see a value.
    package enum Secrecy: Hashable, Sendable {
        /// Everyone may see the value.
        case open
        /// Recipes may use the value, but every text shows it redacted.
        case secret
        /// Recipes may not see the value either: the private key in every response about a certificate.
        case hidden
    }

    /// The name in the JSON of requests and responses.
    package let name: String
    /// The type of the value and, for objects, the members.
    package let type: FieldType
    /// Whether a request must include the field, or a response always does.
    ///
    /// If the caller leaves out a required field that is nullable, the request holds `null`.
    package let isRequired: Bool
    /// Whether the value may be `null`.
    package let isNullable: Bool
    /// The audience that may see the value.
    package let secrecy: Secrecy
    /// The rules for the value, each with its evidence.
    package let constraints: [Constraint]
    /// One sentence of documentation, for the function reference and the OpenAPI document.
    package let documentation: String

    /// Creates a field.
    package init(
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

    /// Whether a request carries a secret in the field, such as a password.
    package var isSecret: Bool { secrecy != .open }

    /// The same field, but optional.
    package var asOptional: Field {
        Field(
            name: name, type: type, isRequired: false, isNullable: isNullable, secrecy: secrecy,
            constraints: constraints, documentation: documentation)
    }

    /// Returns a field that a request must include, or that a response always includes.
    static func required(
        _ name: String, _ type: FieldType, nullable: Bool = false, secrecy: Secrecy = .open,
        _ constraints: [Constraint], _ documentation: String
    ) -> Field {
        Field(
            name: name, type: type, isRequired: true, isNullable: nullable, secrecy: secrecy,
            constraints: constraints, documentation: documentation)
    }

    /// Returns a required field without rules for its value.
    static func required(
        _ name: String, _ type: FieldType, nullable: Bool = false, secrecy: Secrecy = .open, _ documentation: String
    ) -> Field {
        .required(name, type, nullable: nullable, secrecy: secrecy, [], documentation)
    }

    /// Returns a field that may be left out.
    static func optional(
        _ name: String, _ type: FieldType, nullable: Bool = false, secrecy: Secrecy = .open,
        _ constraints: [Constraint], _ documentation: String
    ) -> Field {
        Field(
            name: name, type: type, isRequired: false, isNullable: nullable, secrecy: secrecy,
            constraints: constraints, documentation: documentation)
    }

    /// Returns an optional field without rules for its value.
    static func optional(
        _ name: String, _ type: FieldType, nullable: Bool = false, secrecy: Secrecy = .open, _ documentation: String
    ) -> Field {
        .optional(name, type, nullable: nullable, secrecy: secrecy, [], documentation)
    }
}
