internal import Groundwork
internal import ServerPilot
internal import ServerPilotClient

extension Target {
    /// Returns the user's account at ServerPilot.
    ///
    /// - Throws: `CommandFailure`, `ClientConfigurationError`.
    static func live(
        _ connection: ConnectionOptions, _ workspace: Workspace, _ reporter: any RunReporter
    ) async throws -> Target {
        let (found, endpoint) = try await workspace.connection(connection)
        if let warning = found.warning { reporter.warn(warning) }
        let credentials = found.credentials
        let variables = workspace.environment.variables
        let http = try HTTPTransport(
            endpoint: endpoint, credentials: credentials, environment: variables, version: Version.number)
        let time = SystemClock()
        let transport = RetryingTransport(
            http, time: time, rate: connection.rate,
            onRetry: { retry in
                reporter.retrying(
                    NetworkTrouble.Retry(reason: retry.reasonText, failures: retry.failures, delay: retry.delay))
            }, onEnd: { reporter.endRetries($0) })
        let web = RetryingWebClient(
            HTTPWebClient(environment: variables, version: Version.number), time: time,
            onRetry: { retry in
                reporter.retrying(
                    NetworkTrouble.Retry(reason: retry.reason, failures: retry.failures, delay: retry.delay))
            }, onEnd: { reporter.endRetries($0) })
        return Target(
            account: .live(endpoint, clientID: credentials.clientID), transport: transport, time: time,
            outside: Outside(names: SystemNames(), web: web), redactor: http.redactor,
            retries: { transport.counts.retries }, close: { await http.shutdown() })
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
