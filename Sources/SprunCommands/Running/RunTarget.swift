internal import ServerPilot
internal import ServerPilotClient
internal import ServerPilotSimulator

/// What a run works on: the transport and the clock that belongs to it.
struct RunTarget: Sendable {
    /// The way to the account.
    let transport: any Transport
    /// Where the account is.
    let endpoint: Endpoint
    /// Whose it is.
    let clientID: String
    /// Takes out of a text what must appear in none: the account's key.
    let redactor: Redactor
    /// The clock.
    let time: any TimeSource
    /// Requests that were repeated so far.
    let retries: @Sendable () -> Int
    /// Lets a server of a simulated account connect; `nil` where it is a real one.
    var connects: (@Sendable (ServerID) -> Void)?
    /// Is called when the run has ended, however it ended.
    let close: @Sendable () async throws -> Void

    /// An account at ServerPilot, or at whatever the endpoint is.
    static func live(
        _ connection: ConnectionOptions, _ environment: Environment, _ paths: Paths, _ console: Console
    ) async throws -> RunTarget {
        let endpoint = try connection.address(environment, paths)
        let found = try await connection.credentials(environment, paths)
        let http: HTTPTransport
        do throws(ClientConfigurationError) {
            http = try HTTPTransport(
                endpoint: endpoint, credentials: found.credentials, environment: environment.variables,
                version: Version.number)
        } catch {
            throw CommandFailure(error)
        }
        let time = SystemClock()
        let transport = RetryingTransport(
            http, time: time,
            onRetry: { retry in
                console.warn("\(retry.reasonText); trying again in \(retry.delay.shortText)")
            })
        return RunTarget(
            transport: transport, endpoint: endpoint, clientID: found.credentials.clientID, redactor: http.redactor,
            time: time,
            retries: { transport.counts.retries },
            close: { await http.shutdown() })
    }

    /// The simulated account in the user's state folder, on a clock that runs ahead while everything waits.
    static func simulated(_ paths: Paths) throws -> RunTarget {
        let file = try SimulatedAccountFile(paths.simulatedAccount)
        let state = try file.read() ?? .demo(at: SystemClock().now)
        let clock = VirtualClock(now: state.now)
        // Nobody else reaches it, so what the credentials are does not matter.
        let credentials = AccountCredentials(clientID: "simulated", apiKey: Secret("simulated"))
        let serverPilot = SimulatedServerPilot(state: state, time: clock, credentials: credentials)
        return RunTarget(
            transport: serverPilot.transport, endpoint: .serverPilot, clientID: credentials.clientID,
            redactor: Redactor(), time: clock,
            retries: { 0 },
            connects: serverPilot.connect, close: { try file.write(serverPilot.state) })
    }
}

extension RetryEvent {
    /// Why a request is repeated, in words.
    fileprivate var reasonText: String {
        switch reason {
        case .notSent(let error): error.message
        case .throttled: "ServerPilot asks to slow down"
        }
    }
}

extension SimulatorState {
    /// The account that people begin with: two servers, a user, two sites.
    static func demo(at now: Timestamp) -> SimulatorState {
        var random = SeededRandom(seed: UInt64(bitPattern: now.epochSeconds))
        let account = Account.demo(at: now, random: &random)
        return SimulatorState(account: account, now: now, random: random)
    }
}
