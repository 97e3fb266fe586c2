internal import OrderedCollections
public import ServerPilot

extension AccountSeed {
    /// The members of a seed, made from the parameters of the operations that create the things.
    public static let fields: [Field] = [
        optional("sshkeys", .array(.object(parameters("create_sshkey")), []), "The SSH keys of the account."),
        optional("servers", .array(.object(server), []), "The servers."),
    ]

    private static let server: [Field] =
        parameters("create_server") + parameters("update_server", without: ["plan"]) + [
            optional("connected", .boolean, "Whether its installer ran; true if nothing is said."),
            optional("lastaddress", .string, "Its address; made up if nothing is said."),
            optional("sysusers", .array(.object(sysuser), []), "Its system users."),
        ]

    private static let sysuser: [Field] =
        parameters("create_sysuser", without: ["serverid", "sshkey_id"]) + [
            optional("sshkeys", .array(.string, []), "The names of the SSH keys that it holds."),
            optional("apps", .array(.object(app), []), "Its apps."),
        ]

    private static let app: [Field] =
        parameters("create_app", without: ["sysuserid"], optional: ["runtime"]) + [
            optional("dbs", .array(.object(database), []), "Its databases.")
        ]

    private static let database: [Field] = parameters("create_db", without: ["appid"], optional: ["user"])
        .map { field in
            guard case .object(let members) = field.type else { return field }
            let relaxed = members.map { $0.secrecy == .secret ? $0.asOptional : $0 }
            return optional(field.name, .object(relaxed), field.documentation)
        }

    private static func parameters(
        _ operation: Operation.Name, without left: Set<String> = [], optional: Set<String> = []
    ) -> [Field] {
        let fields = Operation.named(operation)?.bodyParameters ?? []
        return fields.filter { !left.contains($0.name) }.map { optional.contains($0.name) ? $0.asOptional : $0 }
    }

    private static func optional(_ name: String, _ type: FieldType, _ documentation: String) -> Field {
        Field(name: name, type: type, isRequired: false, documentation: documentation)
    }
}
