internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// The arguments of `sp.connect_server{ … }`.
struct ConnectRequest {
    /// The default URL of ServerPilot's installer (from ServerPilot's guide to its API).
    static let installer = "https://download.serverpilot.io/serverpilot-installer"
    /// The arguments of `create_server` for the server record.
    let server: JSONObject
    /// The SSH options for the machine; `nil` if something else runs the installer, such as cloud-init.
    let ssh: LuaTable?
    /// The URL that the machine downloads the installer from.
    let installer: String
    /// The time limit for the whole call.
    let timeout: Duration
    /// Whether to delete and recreate a record of this name that never connected and whose key is lost.
    let replacesUnconnected: Bool

    /// Reads the table.
    ///
    /// - Throws: `RecipeError` with all problems of the server's arguments, `LuaArgumentError` for the other members.
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
        let rest = LuaTable(fields: table.fields.filter { !CallOption.connecting.names.contains($0.key) })
        let parameters = ServerPilot.Operation.named("create_server")?.bodyParameters ?? []
        server = try OperationArguments.read(
            table: .table(rest), parameters: parameters, function: "connect_server", for: session)
    }

    /// Returns the URL from the member `installer`, or the default URL.
    ///
    /// - Throws: `LuaArgumentError`.
    static func installer(_ reader: FieldReader) throws(LuaArgumentError) -> String {
        guard let url = try reader.text("installer") else { return installer }
        guard isAllowed(url) else {
            throw reader.invalid("installer must be an https:// URL without spaces and quotes")
        }
        return url
    }

    /// Returns whether the machine may download from a URL as root: by HTTPS, or by HTTP from itself, as tests do.
    private static func isAllowed(_ url: String) -> Bool {
        let isPlain = url.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"")
        }
        // The match extends up to the path: text before an `@` would be a login name, and another host would follow it.
        let isLocal = url.prefixMatch(of: #/http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?//#) != nil
        return isPlain && (url.hasPrefix("https://") || isLocal)
    }
}
