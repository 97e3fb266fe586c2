internal import Groundwork
internal import LuaHost
internal import OrderedCollections

/// The target of a script, from the options that `ssh.run{…}`, `ssh.copy{…}` and `ssh = {…}` of others have in
/// common.
struct ShellTarget: Sendable {
    /// The host, and the way to reach it.
    let host: ShellHost
    /// The path of the private key, as the recipe gives it.
    let identityFile: String?
    /// The path of the known-hosts file, as the recipe gives it.
    let knownHostsFile: String?
    /// The maximum time to wait for a host that does not answer yet.
    let wait: Duration

    static let documentation =
        "host, port, user, identity (a private key's path), jump (user@host:port), host_key (\"SHA256:…\"), known_hosts, "
        + "accept_new, wait (such as \"5m\", for a machine that boots)"

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - reader: the reader of its members.
    ///   - session: the run.
    /// - Throws: `LuaArgumentError`.
    init(_ reader: FieldReader, _ session: RunSession) throws(LuaArgumentError) {
        guard let name = try reader.text("host") else { throw reader.invalid("host is missing") }
        let port = try reader.integer("port", else: "port must be a whole number")
        let (identity, knownHosts) = (try reader.text("identity"), try reader.text("known_hosts"))
        (identityFile, knownHostsFile) = (identity, knownHosts)
        let path = { (name: String) in session.surroundings.files?.path(name) ?? name }
        wait = try reader.duration("wait", atMost: session.limits.longestWait) ?? .zero
        let (user, jump, fingerprint) = (try reader.text("user"), try reader.text("jump"), try reader.text("host_key"))
        let acceptsNew = try reader.flag("accept_new") ?? false
        do throws(ShellFailure) {
            host = try ShellHost(
                name, port: port, user: user, identity: identity.map(path), jump: jump, fingerprint: fingerprint,
                knownHosts: knownHosts.map(path), acceptsNew: acceptsNew)
        } catch {
            throw reader.invalid(error.description)
        }
    }

    /// The values that identify the target on replay: host, port and user, but not the way to reach the host.
    var identity: JSONObject {
        ["host": .string(host.name), "port": .integer(Int64(host.port ?? 22)), "user": .string(host.user ?? "")]
    }
}
