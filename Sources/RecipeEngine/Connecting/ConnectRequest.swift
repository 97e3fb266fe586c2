internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// What `sp.connect_server{ … }` was asked for.
struct ConnectRequest {
    /// Where ServerPilot's installer is found (ServerPilot's guide to its API).
    static let installer = "https://download.serverpilot.io/serverpilot-installer"
    /// What the record is made with: arguments of `create_server`.
    let server: JSONObject
    /// How to reach the machine; `nil` where the installer is run by somebody else, as by cloud-init.
    let ssh: LuaTable?
    /// Where the installer is downloaded from.
    let installer: String
    /// How long all of it may take.
    let timeout: Duration
    /// Whether a record of the name that never connected, whose key nobody has, is deleted and made anew.
    let replacesUnconnected: Bool

    private static let own = ["ssh", "installer", "timeout", "replace_unconnected"]

    /// Reads the table.
    ///
    /// - Throws: `RecipeError` with all that is wrong with the server's arguments, `LuaArgumentError` for the rest.
    init(_ arguments: LuaArguments, for session: RunSession) throws {
        let table = try arguments.table(0)
        let reader = FieldReader(given: table.fields, arguments: arguments, position: 0)
        switch reader["ssh"] {
        case nil: ssh = nil
        case .table(let table)?: ssh = table
        default: throw reader.invalid("ssh must be a table such as { host = …, user = … }")
        }
        installer = try Self.installer(reader)
        timeout = try reader.duration("timeout", atMost: session.limits.longestWait) ?? session.limits.connection
        replacesUnconnected = try reader.flag("replace_unconnected") ?? false
        let rest = LuaTable(fields: table.fields.filter { !Self.own.contains($0.key) })
        let parameters = ServerPilot.Operation.named("create_server")?.bodyParameters ?? []
        server = try OperationArguments.read(
            table: .table(rest), parameters: parameters, function: "connect_server", for: session)
    }

    /// Where the installer is, as the member `installer` says it.
    ///
    /// - Throws: `LuaArgumentError`.
    static func installer(_ reader: FieldReader) throws(LuaArgumentError) -> String {
        guard let url = try reader.text("installer") else { return installer }
        guard isAllowed(url) else {
            throw reader.invalid("installer must be an https:// address without spaces and quotes")
        }
        return url
    }

    /// An address that the machine downloads from as root: by TLS, or from itself, as tests do.
    private static func isAllowed(_ url: String) -> Bool {
        let isPlain = url.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"")
        }
        // Up to the path: what stands before an @ would be a name to log in with, and another host behind it.
        let isLocal = url.prefixMatch(of: #/http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?//#) != nil
        return isPlain && (url.hasPrefix("https://") || isLocal)
    }
}
