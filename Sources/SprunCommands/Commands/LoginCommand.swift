internal import ArgumentParser
internal import Groundwork
internal import ServerPilot
internal import ServerPilotClient
internal import SystemPackage

/// `sprun login`.
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Store the credentials of your ServerPilot account.",
        usage: """
            sprun login
            pass show serverpilot | sprun login --client-id cid_…
            """,
        discussion: """
            Asks for client id and API key (ServerPilot: Account > API), tries them with one reading request, and keeps \
            them in a file that only you can read. Without a terminal, the lines of standard input are the client id \
            and the key, or the key alone with --client-id.
            """)

    @Option(help: ArgumentHelp("The client id.", valueName: "id"))
    var clientID: String?

    @Flag(name: .customLong("no-check"), help: "Store them without trying them.")
    var skipsCheck = false

    @Option(
        help: ArgumentHelp("The API's address to try them at, with its /v1 (or SERVERPILOT_API_URL).", valueName: "url")
    )
    var endpoint: String?

    func run() async throws {
        let environment = Environment.current()
        let console = Console(color: .auto, environment: environment)
        let paths = try Paths(environment)
        PrivateFile.removeLeftovers(paths)
        let credentials = try read(console)
        if !skipsCheck { try await check(credentials, environment, paths, console) }
        let text = """
            client_id = \(Self.quoted(credentials.clientID))
            api_key = \(Self.quoted(credentials.apiKey.reveal()))

            """
        try PrivateFile(path: paths.credentialsFile).write(Array(text.utf8))
        console.note("stored in \(paths.credentialsFile), for you alone")
    }

    private func read(_ console: Console) throws -> Credentials {
        let prompt = SecretPrompt(console: console)
        let id = try clientID ?? prompt.line("Client id: ", isSecret: false)
        let key = try prompt.line("API key (not shown): ", isSecret: true)
        do throws(ClientConfigurationError) {
            return try Credentials(clientID: id, apiKey: Secret(key))
        } catch {
            throw CommandFailure(error)
        }
    }

    private func check(
        _ credentials: Credentials, _ environment: Environment, _ paths: Paths, _ console: Console
    ) async throws {
        var connection = ConnectionOptions()
        connection.endpoint = endpoint
        let transport: HTTPTransport
        do {
            transport = try HTTPTransport(
                endpoint: try connection.address(environment, paths), credentials: credentials,
                environment: environment.variables, version: Version.number)
        } catch let error as ClientConfigurationError {
            throw CommandFailure(error)
        }
        do throws(ServerPilotError) {
            let servers = try await ServerPilotAccount(transport: transport).servers()
            console.note("they work: the account has \(servers.count) server\(servers.count == 1 ? "" : "s")")
        } catch {
            await transport.shutdown()
            let hint =
                error.code == .unauthorized
                ? "nothing was stored" : "nothing was stored; --no-check stores without trying"
            throw CommandFailure(error.code.rawValue, error.description, hint: hint)
        }
        await transport.shutdown()
    }

    /// Returns a TOML string; `Credentials` guarantees that the text is visible ASCII.
    private static func quoted(_ text: String) -> String {
        let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\""
    }
}
