internal import ArgumentParser
internal import Groundwork
internal import ServerPilot
internal import ServerPilotClient
internal import SystemPackage

/// `sprun login`.
struct LoginCommand: Verb {
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

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let paths = try workspace.paths
        PrivateFile.removeLeftovers(paths)
        let credentials = try read(reporter.console)
        if !skipsCheck { try await check(credentials, workspace, reporter) }
        let text = """
            client_id = \(Self.quoted(credentials.clientID))
            api_key = \(Self.quoted(credentials.apiKey.reveal()))

            """
        try PrivateFile(path: paths.credentialsFile).write(Array(text.utf8))
        reporter.note("stored in \(paths.credentialsFile), for you alone")
        return .done
    }

    private func read(_ console: Console) throws -> Credentials {
        let prompt = SecretPrompt(
            console: console,
            hint: "two lines are read: client id and API key; or the key alone with --client-id")
        let id = try clientID ?? prompt.line("Client id", isSecret: false)
        let key = try prompt.line("API key", note: "not shown", isSecret: true)
        return try Credentials(clientID: id, apiKey: Secret(key))
    }

    private func check(
        _ credentials: Credentials, _ workspace: Workspace, _ reporter: any RunReporter
    ) async throws {
        let transport = try HTTPTransport(
            endpoint: try workspace.endpoint(endpoint), credentials: credentials,
            environment: workspace.environment.variables, version: Version.number)
        do throws(ServerPilotError) {
            let servers = try await ServerPilotAccount(transport: transport).servers()
            reporter.note("they work: the account has \(servers.count) server\(servers.count == 1 ? "" : "s")")
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
