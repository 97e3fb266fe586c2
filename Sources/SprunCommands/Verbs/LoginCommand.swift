internal import ArgumentParser
internal import Groundwork
internal import ServerPilot
internal import ServerPilotClient
internal import SystemPackage

/// `sprun login`.
struct LoginCommand: Verb {
    static let configuration = CommandConfiguration.verb(
        commandName: "login",
        abstract: "Save the credentials of your ServerPilot account.",
        usage: """
            sprun login
            sprun login --profile client-a
            pass show serverpilot | sprun login --client-id cid_…
            """,
        discussion: """
            Asks for client id and API key (ServerPilot: Account > API), tests them with one GET request, and saves \
            them in a file that only you can read. Without a terminal, it reads client id and key from two lines of \
            standard input; with --client-id, only the key. --profile saves the account under a name, with the \
            --endpoint if it is given; sprun run --profile NAME uses it.
            """)

    @Option(
        help: ArgumentHelp("Save the credentials as this profile.", valueName: "name"),
        completion: Completion.profile)
    var profile: String?

    @Option(help: ArgumentHelp("Use this client id.", valueName: "id"))
    var clientID: String?

    @Flag(name: .customLong("no-check"), help: "Save the credentials without testing them.")
    var skipsCheck = false

    @Option(help: ArgumentHelp("Set the API's URL, with /v1 (or SERVERPILOT_API_URL).", valueName: "url"))
    var endpoint: String?

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let paths = try workspace.paths
        PrivateFile.removeLeftovers(paths)
        if let profile { try Profile.check(profile) }
        let credentials = try read(reporter.console)
        if !skipsCheck { try await check(credentials, workspace, reporter) }
        var lines = [
            "client_id = \(Self.quoted(credentials.clientID))", "api_key = \(Self.quoted(credentials.apiKey.reveal()))",
        ]
        if profile != nil, let endpoint { lines.append("endpoint = \(Self.quoted(endpoint))") }
        let path = profile.map(paths.profile) ?? paths.credentialsFile
        try PrivateFile(path: path).write(Array(lines.map { $0 + "\n" }.joined().utf8))
        reporter.note("saved in \(path), readable only by you")
        return .done
    }

    private func read(_ console: Console) throws -> Credentials {
        let prompt = SecretPrompt(
            console: console,
            hint: "sprun reads two lines: client id and API key; with --client-id, only the key")
        let id = try clientID ?? prompt.line("Client id", isSecret: false)
        let key = try prompt.line("API key", note: "not shown", isSecret: true)
        return try Credentials(clientID: id, apiKey: Secret(key))
    }

    private func check(
        _ credentials: Credentials, _ workspace: Workspace, _ reporter: any RunReporter
    ) async throws {
        do {
            let count = try await workspace.test(credentials, at: try workspace.endpoint(endpoint)).servers
            reporter.note("the credentials work: the account has \(count) server\(count == 1 ? "" : "s")")
        } catch let error as ServerPilotError {
            let way = error.code == .unauthorized ? "" : "; --no-check saves without a test"
            throw CommandFailure(error.code.rawValue, error.description, hint: "nothing was saved" + way)
        }
    }

    /// Returns a TOML string; `Credentials` guarantees that the text is visible ASCII.
    private static func quoted(_ text: String) -> String {
        let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\""
    }
}
