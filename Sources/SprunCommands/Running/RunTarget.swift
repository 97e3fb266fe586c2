internal import Groundwork
internal import ServerPilot
internal import ServerPilotClient
internal import ServerPilotSimulator

/// The account that a run works on, with the transport to it and the clock of the run.
struct RunTarget: Sendable {
    /// The transport to the account.
    let transport: any Transport
    /// The address of the API.
    let endpoint: Endpoint
    /// The client id of the account.
    let clientID: String
    /// Removes the account's API key from texts.
    let redactor: Redactor
    /// The clock.
    let time: any TimeSource
    /// Returns the number of repeated requests so far.
    let retries: @Sendable () -> Int
    /// Connects a server of a simulated account; `nil` for a real account.
    var connects: (@Sendable (ServerID) -> Void)?
    /// Called once the run has ended, whatever its outcome.
    let close: @Sendable () async throws -> Void

    /// Returns a real account at the endpoint.
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

    /// Returns the simulated account in the user's state folder; its clock skips ahead while all tasks wait.
    static func simulated(_ paths: Paths) throws -> RunTarget {
        let file = try SimulatedAccountFile(paths.simulatedAccount)
        let state = try file.read() ?? .demo(at: SystemClock().now)
        let clock = VirtualClock(now: state.now)
        // No other process reaches this account, so its credentials do not matter.
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
    /// The reason for a repeated request, as text.
    fileprivate var reasonText: String {
        switch reason {
        case .notSent(let error): error.message
        case .throttled: "ServerPilot asks to slow down"
        }
    }
}

extension SimulatorState {
    /// Creates the demo account: two servers, a system user, two sites.
    static func demo(at now: Timestamp) -> SimulatorState {
        var random = SeededRandom(seed: UInt64(bitPattern: now.epochSeconds))
        let account = Account.demo(at: now, random: &random)
        return SimulatorState(account: account, now: now, random: random)
    }
}
