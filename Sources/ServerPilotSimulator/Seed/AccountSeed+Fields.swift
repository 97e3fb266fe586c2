internal import OrderedCollections
package import ServerPilot

extension AccountSeed {
    /// The members of a seed, derived from the parameters of the operations that create the resources.
    package static let fields: [Field] = [
        optional("sshkeys", .array(.object(sshkey), []), "The SSH keys of the account."),
        optional("servers", .array(.object(server), []), "The servers."),
    ]

    private static let sshkey: [Field] = [id(.sshkey)] + parameters("create_sshkey")

    private static let server: [Field] =
        [id(.server)] + parameters("create_server") + parameters("update_server", without: ["plan"]) + [
            optional("available_runtimes", .array(.string, []), "The PHP runtimes of the server, newest last."),
            optional("connected", .boolean, "Whether its installer ran; true if nothing is said."),
            optional("lastaddress", .string, "Its address; made up if nothing is said."),
            optional("lastconn", .timestamp, "When it last reported, in seconds since 1970; now if nothing is said."),
            optional("sysusers", .array(.object(sysuser), []), "Its system users."),
        ]

    private static let sysuser: [Field] =
        [id(.sysuser)] + parameters("create_sysuser", without: ["serverid", "sshkey_id"]) + [
            optional("sshkeys", .array(.string, []), "The names of the SSH keys that it holds."),
            optional("apps", .array(.object(app), []), "Its apps."),
        ]

    private static let app: [Field] =
        [id(.app)] + parameters("create_app", without: ["sysuserid"], optional: ["runtime"]) + [
            optional("ssl", .object(ssl), "Its certificate: auto = true, or key and cert."),
            optional("dbs", .array(.object(database), []), "Its databases."),
        ]

    private static let ssl: [Field] =
        parameters("add_ssl").map(\.asOptional) + [
            optional("auto", .boolean, "Whether AutoSSL made it; then key and cert may be left out."),
            optional("force", .boolean, "Whether plain HTTP is redirected to HTTPS; false if nothing is said."),
        ]

    private static let database: [Field] =
        [id(.db)]
        + parameters("create_db", without: ["appid"], optional: ["user"]).map { field in
            guard case .object(let members) = field.type else { return field }
            let relaxed = [id(.dbuser)] + members.map { $0.secrecy == .secret ? $0.asOptional : $0 }
            return optional(field.name, .object(relaxed), field.documentation)
        }

    private static func id(_ kind: ResourceKind) -> Field {
        optional("id", .identifier(kind), "The id of the \(kind.spokenName); made up if nothing is said.")
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
