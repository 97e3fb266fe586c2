internal import ArgumentParser
internal import Logging
internal import ServerPilot
internal import ServerPilotClient
internal import ServerPilotSimulator

/// `sprun simulate`.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Serve a simulated ServerPilot account over HTTP.",
        usage: """
            sprun simulate --port 8080
            sprun simulate --port 0 --speed 60 --seed 7
            """,
        discussion: """
            Once it accepts connections, it prints the lines that point another terminal's sprun, or any client of the \
            API, at it: export SERVERPILOT_API_URL=…, SERVERPILOT_CLIENT_ID and SERVERPILOT_API_KEY. The account \
            begins with two servers and two sites and lives in memory. Listens on this machine only.
            """)

    @Option(help: ArgumentHelp("The port; 0 takes any that is free.", valueName: "port"))
    var port: Int = 0

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
        guard (0...65535).contains(port) else { throw ValidationError("--port must be 0 to 65535") }
        guard speed.isFinite, speed > 0, speed <= 1_000_000 else {
            throw ValidationError("--speed must be more than 0 and at most 1000000")
        }
        guard (clientID == nil) == (apiKey == nil) else {
            throw ValidationError("--client-id and --api-key go together")
        }
    }

    func run() async throws {
        let console = Console(color: .auto, environment: .current())
        let time = ScaledClock(factor: speed, base: SystemClock())
        var random = SeededRandom(seed: seed ?? UInt64.random(in: .min ... .max))
        let credentials: AccountCredentials
        if let clientID, let apiKey {
            do throws(ClientConfigurationError) {
                _ = try Credentials(clientID: clientID, apiKey: Secret(apiKey))
            } catch {
                throw CommandFailure(error)
            }
            credentials = AccountCredentials(clientID: clientID, apiKey: Secret(apiKey))
        } else {
            credentials = AccountCredentials(random: &random)
        }
        let account = Account.demo(at: time.now, random: &random)
        let serverPilot = SimulatedServerPilot(
            account: account, random: random, time: time, credentials: credentials)
        try await serve(serverPilot, console)
    }

    private func serve(_ serverPilot: SimulatedServerPilot, _ console: Console) async throws {
        let server = SimulatorServer(serverPilot, at: SimulatorServer.Address(port: port))
        let serving = Task {
            try await server.run { address in
                let key = serverPilot.credentials.apiKey.reveal()
                console.output.line("export SERVERPILOT_API_URL=\(address.baseURL)")
                console.output.line("export SERVERPILOT_CLIENT_ID=\(serverPilot.credentials.clientID.shellQuoted)")
                console.output.line("export SERVERPILOT_API_KEY=\(key.shellQuoted)")
                console.output.flush()
                console.note("serving; Ctrl-C ends it")
            }
        }
        let watch = SignalWatch { _ in serving.cancel() }
        do {
            try await serving.value
        } catch is CancellationError {
        } catch {
            throw CommandFailure(
                "not_served", "port \(port) cannot be served: \(error)", hint: "--port 0 takes any that is free")
        }
        console.note("ended")
        if watch.exitStatus == nil { throw ExitStatus.failed.exitCode }
    }
}
