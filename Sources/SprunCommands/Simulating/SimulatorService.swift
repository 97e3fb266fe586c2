internal import Groundwork
internal import ServerPilotSimulator

/// The service of a simulator until a signal ends it.
struct SimulatorService {
    let server: SimulatorServer
    let serverPilot: SimulatedServerPilot
    /// The port as the user chose it, for errors.
    let port: Int
    /// The token of the control path; `nil` without `--control`.
    let token: Secret<String>?
    let workspace: Workspace
    let reporter: any RunReporter

    /// Serves until the first signal.
    ///
    /// - Returns: `failed` if the server ended without a signal.
    /// - Throws: `CommandFailure`, `not_served`; `AccountStoreError`.
    func run() async throws -> ExitStatus {
        // Watch signals before any client can know that the simulator serves and send a signal.
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let watch = workspace.watchSignals({ "Stopped at once." }) { stop.finish() }
        let serving = Task { try await server.run(onListening: announce) }
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
                "not_served", "cannot listen on port \(port): \(error)", hint: "--port 0 takes any free port")
        }
        try await serverPilot.close()
        reporter.note("stopped")
        return watch?.exitStatus == nil ? .failed : .done
    }

    /// Prints the lines that point a client at the simulator.
    private func announce(_ address: SimulatorServer.Address) {
        let credentials = serverPilot.credentials
        var variables = [
            ("SERVERPILOT_API_URL", address.baseURL),
            ("SERVERPILOT_CLIENT_ID", credentials.clientID.shellQuoted),
            ("SERVERPILOT_API_KEY", credentials.apiKey.reveal().shellQuoted),
        ]
        if let token { variables.append(("SPRUN_SIMULATOR_TOKEN", token.reveal().shellQuoted)) }
        let output = reporter.console.output
        for (name, value) in variables { output.line("export \(name)=\(value)") }
        output.flush()
        reporter.note("serving; the account is shown at \(address.pageURL); press Ctrl-C to stop")
    }
}
