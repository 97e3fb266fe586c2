internal import ArgumentParser
internal import Groundwork
internal import ServerPilot
internal import ServerPilotClient
internal import ServerPilotSimulator

/// `sprun simulate`.
struct SimulateCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "simulate",
        abstract: "Serve a simulated ServerPilot account over HTTP or HTTPS.",
        usage: """
            sprun simulate --port 8080
            sprun simulate --store account.db --log requests.jsonl
            sprun simulate --seed-account account.lua --speed 60 --seed 7
            sprun simulate --reset
            sprun simulate --tls-cert ca/server.pem --tls-key ca/server.key
            """,
        discussion: """
            Prints export lines that point sprun, or any API client, to the simulator, and serves a page with the \
            account. The account starts with two servers and two sites, or as --seed-account says: servers = {{ name = \
            …, sysusers = {{ name = …, apps = {{ name = …, dbs = {{ name = … }} }} }} }}. With --store, the account \
            survives a crash.
            """)

    @OptionGroup var listen: ListenOptions
    @OptionGroup var account: AccountOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var requestLog: RequestLogOptions
    @OptionGroup var faults: FaultOptions
    @OptionGroup(visibility: .hidden) var output: OutputOptions

    @OptionGroup var credentials: ServedCredentialsOptions

    @Option(help: ArgumentHelp("Multiply the speed of time by this: 60 or 0.5.", valueName: "factor"))
    var speed: Double = 1

    @Flag(name: .customLong("openapi"), help: "Print the API's OpenAPI 3.1 document, then exit.")
    var openAPI = false

    @Option(help: ArgumentHelp("Generate ids, keys and durations from this number.", valueName: "number"))
    var seed: UInt64?

    func validate() throws {
        guard speed.isFinite, speed > 0, speed <= 1_000_000 else {
            throw ValidationError("--speed must be more than 0 and at most 1000000")
        }
    }

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        if openAPI {
            let document = OpenAPIDocument(baseURL: "https://api.serverpilot.io/v1", version: Version.number)
            reporter.console.output.line(document.json.text())
            return .done
        }
        if rules.rules {
            await reporter.show(RuleList(choices: try rules.settings(AccountSettings()).rules))
            return .done
        }
        if account.reset {
            return try await SimulatedAccountReset(account: account, rules: rules, seed: seed).perform(
                in: workspace, reporter)
        }
        let identity = try listen.identity()
        var log = try requestLog.open(reporter.console, speed: speed)
        let held = try account.openStore()
        let stored = try await held?.store.load()
        let time = ScaledClock(factor: speed, base: SystemClock(), earliest: stored?.state.now)
        let beginning = SimulationBeginning(account: account, rules: rules, workspace: workspace, reporter: reporter)
        let begin = try await beginning.state(
            after: stored, in: held, credentials: try credentials.credentials(), at: time.now, seed: seed)
        if let held, stored == nil { try await held.store.create(begin) }
        log?.redactor = Redactor(secrets: [begin.credentials.apiKey.reveal()])
        let history = RequestHistory()
        let serverPilot = SimulatedServerPilot(
            state: begin.state, time: time, credentials: begin.credentials,
            faults: try faults.plan.state(random: begin.state.random), store: held?.store,
            observer: { [log] record in
                log?.append(record)
                history.append(record)
            })
        if listen.isOpenToEavesdroppers {
            reporter.warn(
                "the API key crosses the network to \(listen.host) unencrypted; --tls-cert and --tls-key encrypt it")
        }
        let token = faults.token()
        let server = SimulatorServer(
            serverPilot, at: listen.address, controlToken: token,
            page: SimulatorPage(of: serverPilot, history: history, speed: speed), identity: identity)
        let service = SimulatorService(
            server: server, serverPilot: serverPilot, port: listen.port, token: token, workspace: workspace,
            reporter: reporter)
        return try await service.run()
    }
}
