public import Groundwork
internal import OrderedCollections
public import ServerPilot

/// A ServerPilot account, with every operation of its API as a Swift function.
///
/// ```swift
/// func createSite(_ credentials: Credentials, on server: ServerID) async throws {
///     let account = try ServerPilotAccount(credentials: credentials, environment: [:], version: "1.0")
///     let user = try await account.createSysuser(server: server, name: "acme")
///     let app = try await account.createApp(name: "acmesite", sysuser: user.object.id, runtime: "php8.4")
///     try await account.wait(for: app.actionID)
/// }
/// ```
///
/// Each function throws `ServerPilotError`, also for arguments that break a rule, before anything is sent. Changes take
/// effect on the account at once. If a server has work to do, the result names an action to wait for.
///
/// The codes of refusals follow the rules of the API. Some rules are guesses: `RuleEntry.all` shows the evidence.
public struct ServerPilotAccount: Sendable {
    /// The transport to the API.
    public let transport: any Transport
    let time: any TimeSource
    let actions = AccountActions()

    /// Creates an account behind a transport.
    ///
    /// - `time`: the clock for the pauses while waiting for actions.
    public init(transport: any Transport, time: any TimeSource = SystemClock()) {
        self.transport = transport
        self.time = time
    }

    /// Creates an account that is reached over HTTPS, with retries.
    ///
    /// - `endpoint`: the address of the API; ServerPilot's own by default.
    /// - `environment`: the variables of the process, for proxies and trusted certificates.
    /// - `version`: the version of the program, for `User-Agent`.
    /// - Throws: `ClientConfigurationError` for invalid variables.
    public init(
        credentials: Credentials, endpoint: Endpoint = .serverPilot, environment: [String: String], version: String
    ) throws(ClientConfigurationError) {
        let base = try HTTPTransport(
            endpoint: endpoint, credentials: credentials, environment: environment, version: version)
        self.init(transport: RetryingTransport(base))
    }
}

extension ServerPilotAccount {
    /// Makes a call of an operation in the table; arguments that are `nil` are left out.
    func call(
        _ name: Operation.Name, _ arguments: KeyValuePairs<String, JSONValue?> = [:]
    ) async throws(ServerPilotError) -> Reply {
        guard let operation = Operation.named(name) else {
            throw ServerPilotError(
                code: .invalidArguments, message: "no operation is named \(name)", delivery: .notSent)
        }
        var given = JSONObject()
        for (name, value) in arguments { given[name] = value }
        return try await transport.call(operation, given)
    }

    /// Makes a call that returns a list.
    func list<Object: Model>(
        _ name: Operation.Name, _ arguments: KeyValuePairs<String, JSONValue?> = [:]
    ) async throws(ServerPilotError) -> [Object] {
        var objects: [Object] = []
        for element in try await call(name, arguments).data.arrayValue ?? [] {
            objects.append(try Self.object(element, of: name))
        }
        return objects
    }

    /// Makes a call that returns one resource.
    func object<Object: Model>(
        _ name: Operation.Name, _ arguments: KeyValuePairs<String, JSONValue?> = [:]
    ) async throws(ServerPilotError) -> Object {
        try Self.object(try await call(name, arguments).data, of: name)
    }

    /// Makes a call that creates or changes one resource.
    func change<Object: Model>(
        _ name: Operation.Name, _ arguments: KeyValuePairs<String, JSONValue?>
    ) async throws(ServerPilotError) -> Change<Object> {
        let reply = try await call(name, arguments)
        actions.note(reply, of: name, at: time.steady)
        return Change(object: try Self.object(reply.data, of: name), actionID: reply.actionID)
    }

    private static func object<Object: Model>(
        _ value: JSONValue, of name: Operation.Name
    ) throws(ServerPilotError) -> Object {
        do throws(ServerPilotError) {
            return try Object(value)
        } catch {
            throw error.of(name, redactor: Redactor())
        }
    }
}

extension JSONValue {
    /// Returns an id as an argument.
    static func id<Subject>(_ id: Identifier<Subject>) -> JSONValue { .string(id.rawValue) }

    /// Returns a secret as an argument; the operations table keeps it out of every text.
    static func secret(_ secret: Secret<String>) -> JSONValue { .string(secret.reveal()) }
}
