internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// What `sp.connect_server{ … }` was asked for.
struct ConnectRequest {
    /// Where ServerPilot's installer is found (ServerPilot's guide to its API).
    static let installer = "https://download.serverpilot.io/serverpilot-installer"
    /// How long the installer, the connection and the server's first work may take together: minutes on a small machine.
    static let timeout = Duration.seconds(1800)

    /// What the record is made with: arguments of `create_server`.
    var server: JSONObject = [:]
    /// How to reach the machine; `nil` where the installer is run by somebody else, as by cloud-init.
    var ssh: LuaTable?
    /// Where the installer is downloaded from.
    var installer = Self.installer
    /// How long all of it may take.
    var timeout = Self.timeout
    /// Whether a record of the name that never connected, whose key nobody has, is deleted and made anew.
    var replacesUnconnected = false

    private static let own = ["ssh", "installer", "timeout", "replace_unconnected"]

    /// Reads the table.
    ///
    /// - Throws: `RecipeError` with all that is wrong with the server's arguments, `LuaArgumentError` for the rest.
    init(_ arguments: LuaArguments, for session: RunSession) throws {
        let table = try arguments.table(0)
        for field in table.fields where Self.own.contains(field.key) {
            switch (field.key, field.value) {
            case ("ssh", .table(let ssh)): self.ssh = ssh
            case ("ssh", _): throw arguments.invalid(0, "ssh must be a table such as { host = …, user = … }")
            case ("installer", .string(let url)):
                guard Self.isAllowed(url) else {
                    throw arguments.invalid(0, "installer must be an https:// address without spaces and quotes")
                }
                installer = url
            case ("installer", _): throw arguments.invalid(0, "installer must be a text")
            case ("timeout", let value):
                timeout = try arguments.duration(0, value, atMost: session.limits.longestWait)
            case ("replace_unconnected", .boolean(let value)): replacesUnconnected = value
            default: throw arguments.invalid(0, "\(field.key) must be true or false")
            }
        }
        let rest = LuaTable(fields: table.fields.filter { !Self.own.contains($0.key) })
        let parameters = ServerPilot.Operation.named("create_server")?.bodyParameters ?? []
        server = try OperationArguments.read(
            table: .table(rest), parameters: parameters, function: "connect_server", for: session)
    }

    /// An address that the machine downloads from as root: by TLS, or from itself, as tests do.
    static func isAllowed(_ url: String) -> Bool {
        let isPlain = url.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"")
        }
        // Up to the path: what stands before an @ would be a name to log in with, and another host behind it.
        let isLocal = url.prefixMatch(of: #/http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?//#) != nil
        return isPlain && (url.hasPrefix("https://") || isLocal)
    }
}
