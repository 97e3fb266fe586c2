internal import ArgumentParser
internal import Groundwork
internal import ServerPilot
internal import ServerPilotClient
internal import ServerPilotSimulator

/// `sprun simulate`.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Serve a simulated ServerPilot account over HTTP or HTTPS.",
        usage: """
            sprun simulate --port 8080
            sprun simulate --store account.db --log requests.jsonl
            sprun simulate --seed-account account.lua --speed 60 --seed 7
            sprun simulate --tls-cert ca/server.pem --tls-key ca/server.key
            """,
        discussion: """
            It prints the export lines that point sprun, or any client of the API, at it, and shows the account on a \
            page. The account begins with two servers and two sites, or as --seed-account says: servers = {{ name = …, \
            sysusers = {{ name = …, apps = {{ name = …, dbs = {{ name = … }} }} }} }}. With --store, what was answered \
            is still there after a crash.
            """)

    @OptionGroup var listen: ListenOptions
    @OptionGroup var account: AccountOptions
    // Used by `--copy`. Hidden, because other commands list these options too and this help page is full.
    @OptionGroup(visibility: .hidden) var connection: ConnectionOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var requestLog: RequestLogOptions
    @OptionGroup var faults: FaultOptions
    @OptionGroup(visibility: .hidden) var output: OutputOptions

    @Option(help: ArgumentHelp("The client id to ask for; made up if nothing is said.", valueName: "id"))
    var clientID: String?

    @Option(help: ArgumentHelp("The API key to ask for; made up if nothing is said.", valueName: "key"))
    var apiKey: String?

    @Option(
        help: ArgumentHelp("How much faster than real its time goes: 60 or 0.5.", valueName: "factor"))
    var speed: Double = 1

    @Flag(name: .customLong("openapi"), help: "Print the API as an OpenAPI 3.1 document, and end.")
    var openAPI = false

    @Option(help: ArgumentHelp("The same seed gives the same ids, keys and durations.", valueName: "number"))
    var seed: UInt64?

    func validate() throws {
        guard speed.isFinite, speed > 0, speed <= 1_000_000 else {
            throw ValidationError("--speed must be more than 0 and at most 1000000")
        }
        guard (clientID == nil) == (apiKey == nil) else {
            throw ValidationError("--client-id and --api-key go together")
        }
    }

    func run() async throws {
        let console = Console(color: output.color, environment: .current())
        if rules.rules || openAPI { return try describe(console) }
        let identity = try listen.identity()
        let openLog = try requestLog.open(console, speed: speed)
        let held = try account.openStore()
        let stored = try await held?.load()
        let time = ScaledClock(factor: speed, base: SystemClock(), earliest: stored?.state.now)
        let begin = try await SimulationBeginning(
            account: account, rules: rules, connection: connection, console: console
        ).state(after: stored, in: held, credentials: try givenCredentials(), at: time.now, seed: seed)
        if let held, stored == nil { try await held.create(begin) }
        let log = openLog?.redacted(by: Redactor(secrets: [begin.credentials.apiKey.reveal()]))
        let history = RequestHistory()
        let serverPilot = SimulatedServerPilot(
            state: begin.state, time: time, credentials: begin.credentials,
            faults: try faults.state(random: begin.state.random), store: held?.store,
            observer: { record in
                log?.append(record)
                history.append(record)
            })
        if listen.isOpenToEavesdroppers {
            console.warn(
                "the API key crosses the network unprotected to \(listen.host); --tls-cert and --tls-key protect it")
        }
        let token = faults.token()
        let server = SimulatorServer(
            serverPilot, at: listen.address, controlToken: token,
            page: SimulatorPage(of: serverPilot, history: history, speed: speed), identity: identity)
        try await serve(server, serverPilot, console, token)
    }

    /// Prints the rules or the OpenAPI document, which need no account.
    private func describe(_ console: Console) throws {
        if openAPI {
            let document = OpenAPIDocument(baseURL: "https://api.serverpilot.io/v1", version: Version.number)
            console.output.line(document.json.text())
        } else {
            let list = RuleList(choices: try rules.settings(AccountSettings()).rules)
            console.output.line(output.json ? list.json.text() : list.text(console.outputStyle))
        }
        console.output.flush()
    }

    private func givenCredentials() throws -> AccountCredentials? {
        guard let clientID, let apiKey else { return nil }
        do throws(ClientConfigurationError) {
            _ = try Credentials(clientID: clientID, apiKey: Secret(apiKey))
        } catch {
            throw CommandFailure(error)
        }
        return AccountCredentials(clientID: clientID, apiKey: Secret(apiKey))
    }

    private func serve(
        _ server: SimulatorServer, _ serverPilot: SimulatedServerPilot, _ console: Console, _ token: Secret<String>?
    ) async throws {
        // Watch signals before any client can know that the simulator serves and send a signal.
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let watch = SignalWatch { _ in stop.finish() }
        let serving = Task {
            try await server.run { address in
                let key = serverPilot.credentials.apiKey.reveal()
                console.output.line("export SERVERPILOT_API_URL=\(address.baseURL)")
                console.output.line("export SERVERPILOT_CLIENT_ID=\(serverPilot.credentials.clientID.shellQuoted)")
                console.output.line("export SERVERPILOT_API_KEY=\(key.shellQuoted)")
                if let token {
                    console.output.line("export SPRUN_SIMULATOR_TOKEN=\(token.reveal().shellQuoted)")
                }
                console.output.flush()
                console.note("serving, and showing the account at \(address.pageURL); Ctrl-C ends it")
            }
        }
        let stopping = Task {
            for await _ in stops {}
            if !Task.isCancelled { serving.cancel() }
        }
        defer { stopping.cancel() }
        do {
            try await serving.value
        } catch is CancellationError {
        } catch {
            throw CommandFailure(
                "not_served", "port \(listen.port) cannot be served: \(error)",
                hint: "--port 0 takes any that is free")
        }
        do {
            try await serverPilot.close()
        } catch let error as AccountStoreError {
            throw CommandFailure(error)
        }
        console.note("ended")
        if watch.exitStatus == nil { throw ExitStatus.failed.exitCode }
    }
}
