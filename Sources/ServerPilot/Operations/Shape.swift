/// The known members of a resource in a response, in the order of the document's examples.
///
/// Unknown members are passed through.
package struct Shape: Hashable, Sendable {
    /// The name of the Swift model and of the class in editor stubs: `App`.
    package let name: String
    /// The known members.
    package let fields: [Field]

    init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = fields
    }

    /// Returns the shape with one more member, which some responses have, at the end or after a member.
    func adding(_ more: Field, after name: String? = nil) -> Shape {
        var fields = fields
        let place = fields.firstIndex { $0.name == name }
        fields.insert(more, at: place.map { $0 + 1 } ?? fields.endIndex)
        return Shape(self.name, fields)
    }
}

extension Shape {
    /// A server.
    package static let server = Shape(
        "Server",
        [
            .required("id", .identifier(.server), "The id."),
            .required("name", .string, "The name."),
            .required("plan", .enumeration(["economy", "business", "first_class"]), "The plan."),
            .required("autoupdates", .boolean, "Whether the server updates its packages automatically."),
            .required("firewall", .boolean, "Whether the firewall is on."),
            .required(
                "deny_unknown_domains", .boolean,
                "Whether the server rejects requests for domains that no app "
                    + "has."),
            .required("available_runtimes", .array(.string, []), "The PHP runtimes of the server, newest last."),
            .required("lastaddress", .string, nullable: true, "The address; null until the installer has run."),
            .required(
                "lastconn", .timestamp, nullable: true,
                "The time of the last connection; null until the "
                    + "installer has run."),
            .required("datecreated", .timestamp, "When the record was created."),
        ])

    /// A server in the response to a change: the document's example has its address earlier.
    package static let changedServer: Shape = {
        let address = server.fields.filter { $0.name == "lastaddress" }
        let rest = Shape(server.name, server.fields.filter { $0.name != "lastaddress" })
        return address.reduce(rest) { $0.adding($1, after: "deny_unknown_domains") }
    }()

    /// A server in the response to its creation, the only response with the key for the installer.
    package static let newServer = server.adding(
        .required("apikey", .string, secrecy: .secret, "The API key for the installer. No other reply contains it."))

    /// An SSH key.
    package static let sshkey = Shape(
        "SSHKey",
        [
            .required("id", .identifier(.sshkey), "The id."),
            .required("name", .string, "The name."),
            .required("sha256_fingerprint", .string, "SHA256: and the unpadded base64 of the key's digest."),
            .required("public_key", .string, "The public key in the format of authorized_keys."),
            .required("datecreated", .timestamp, "When the record was created."),
        ])

    /// An SSH key in the response about a single key, which lists the system users that have it.
    package static let sshkeyDetails = sshkey.adding(
        .required("sysusers", .array(.object(sysuserOfKey), []), "The system users that have the key."))

    private static let sysuserOfKey: [Field] =
        sysuser.fields + [.required("datecreated", .timestamp, "When the record was created.")]

    /// A system user.
    package static let sysuser = Shape(
        "Sysuser",
        [
            .required("id", .identifier(.sysuser), "The id."),
            .required("name", .string, "The name."),
            .required("serverid", .identifier(.server), "The server."),
        ])

    /// An app.
    package static let app = Shape(
        "App",
        [
            .required("id", .identifier(.app), "The id."),
            .required("datecreated", .timestamp, "When the record was created."),
            .required("name", .string, "The name."),
            .required("sysuserid", .identifier(.sysuser), "The system user that owns it."),
            .required("domains", .array(.string, []), "The domains, as a set: ServerPilot does not keep the order."),
            .required(
                "ssl", .object(ssl.fields), nullable: true,
                "The certificate and its settings; null without "
                    + "SSL."),
            .required("serverid", .identifier(.server), "The server."),
            .required("runtime", .string, "Its PHP runtime."),
        ])

    /// An app in the response about a single app, which has its AutoSSL options.
    package static let appDetails = app.adding(
        .optional("autossl", .object(autoSSL), "Whether AutoSSL can be enabled, and for which domains."),
        after: "ssl")

    private static let autoSSL: [Field] = [
        .required("available", .boolean, "Whether AutoSSL can be enabled."),
        .optional("domains", .array(.string, []), "The domains that a certificate would cover."),
    ]

    /// The certificate of an app and its settings.
    package static let ssl = Shape(
        "SSL",
        [
            .required("key", .string, nullable: true, secrecy: .hidden, "The private key, in PEM."),
            .required("cert", .string, nullable: true, "The certificate, in PEM."),
            .required("cacerts", .string, nullable: true, "The certificate chain in PEM."),
            .optional("auto", .boolean, "Whether AutoSSL manages the certificate."),
            .optional("force", .boolean, "Whether plain HTTP is redirected to HTTPS."),
        ])

    /// A database.
    package static let db = Shape(
        "Database",
        [
            .required("id", .identifier(.db), "The id."),
            .required("name", .string, "The name."),
            .required("appid", .identifier(.app), "The app of the database."),
            .required("serverid", .identifier(.server), "The server."),
            .required("user", .object(dbuser), "The user."),
        ])

    private static let dbuser: [Field] = [
        .required("id", .identifier(.dbuser), "The user's id."),
        .required("name", .string, "The user's name."),
    ]

    /// An action: work queued on a server.
    package static let action = Shape(
        "Action",
        [
            .required("id", .identifier(.action), "The id."),
            .required("serverid", .identifier(.server), "The server that does the work."),
            .required("status", .enumeration(["open", "success", "error"]), "The status of the action."),
            .required("datecreated", .timestamp, "When it was queued."),
        ])
}
