internal import ArgumentParser
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
            Once it accepts connections, it prints the lines that point another terminal's sprun, or any client of the \
            API, at it: export SERVERPILOT_API_URL=…, SERVERPILOT_CLIENT_ID and SERVERPILOT_API_KEY. The account \
            begins with two servers and two sites, or as --seed-account describes it: servers = {{ name = …, sysusers = \
            {{ name = …, apps = {{ name = …, dbs = {{ name = … }} }} }} }}. It lives in memory, or in the file of --store: \
            what was answered is still there after a crash. Listens on this machine only unless --host says otherwise.
            """)

    @OptionGroup var listen: ListenOptions
    @OptionGroup var account: AccountOptions
    @OptionGroup var requestLog: RequestLogOptions
    @OptionGroup var faults: FaultOptions

    @Option(help: ArgumentHelp("The client id to ask for; made up if nothing is said.", valueName: "id"))
    var clientID: String?

    @Option(help: ArgumentHelp("The API key to ask for; made up if nothing is said.", valueName: "key"))
    var apiKey: String?

    @Option(
        help: ArgumentHelp("How much faster than real its time goes: 60 makes a minute a second.", valueName: "factor"))
    var speed: Double = 1

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
        let console = Console(color: .auto, environment: .current())
        let identity = try listen.identity()
        let log = try requestLog.open(console, speed: speed)
        let held = try account.openStore()
        let stored = try await held?.load()
        let time = ScaledClock(factor: speed, base: SystemClock(), earliest: stored?.state.now)
        let begin = try await beginning(stored, at: time.now, held)
        if let held, stored == nil { try await held.create(begin) }
        if stored != nil, seed != nil { console.warn("--seed changes nothing: the store goes on where it stood") }
        let serverPilot = SimulatedServerPilot(
            state: begin.state, time: time, credentials: try givenCredentials() ?? begin.credentials,
            faults: try faults.state(random: begin.state.random), store: held?.store,
            observer: { log?.append($0) })
        if listen.isOpenToEavesdroppers {
            console.warn(
                "the API key crosses the network unprotected to \(listen.host); --tls-cert and --tls-key protect it")
        }
        let token = faults.token()
        let server = SimulatorServer(
            serverPilot, at: listen.address, controlToken: token, identity: identity)
        try await serve(server, serverPilot, console, token)
    }

    /// The account to serve: the stored one, or a new one.
    private func beginning(
        _ stored: StoredAccount?, at now: Timestamp, _ held: HeldStore?
    ) async throws -> StoredAccount {
        if let stored {
            if let held, account.seedAccount != nil {
                throw CommandFailure(
                    "invalid_setting", "--seed-account begins a new account, and the store '\(held.path)' holds one",
                    hint: "leave --seed-account out, or name a file that is not there yet")
            }
            return stored
        }
        var random = SeededRandom(seed: seed ?? UInt64.random(in: .min ... .max))
        let credentials = try givenCredentials() ?? AccountCredentials(random: &random)
        let account = try await account.newAccount(at: now, random: &random)
        return StoredAccount(
            state: SimulatorState(account: account, now: now, random: random), credentials: credentials)
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
        // Before anybody can know that it serves, and so send a signal.
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
                console.note("serving; Ctrl-C ends it")
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
