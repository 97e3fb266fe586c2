internal import ArgumentParser
internal import Groundwork
internal import ServerPilot
internal import ServerPilotClient

/// `sprun doctor`.
struct DoctorCommand: ReportingVerb {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check what a run needs: files, credentials, connection.",
        usage: "sprun doctor",
        discussion:
            "Changes nothing: it makes one reading request. The exit status is that of the first thing found wrong.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let report = await examine(workspace)
        await reporter.show(report)
        return report.failure.map { FailureCatalogue.kind($0.code).exit } ?? .done
    }

    private func examine(_ workspace: Workspace) async -> DoctorReport {
        var report = DoctorReport()
        await report.check("version", { VersionText.text }, { $0.split(separator: "\n").joined(separator: ", ") })
        await report.check("recipes", { try LuaProgram.state() }, { $0 })
        let paths = await report.check(
            "folders", { try workspace.paths }, { "\($0.configuration), \($0.state)" })
        guard let paths else { return report }
        PrivateFile.removeLeftovers(paths)
        await report.check(
            "state", { try PrivateFile.checkIsWritable(folder: paths.state) }, { "\(paths.state) can be written" })
        let endpoint = await report.check("endpoint", { try workspace.endpoint(connection.endpoint) }, { "\($0)" })
        guard let endpoint else { return report }
        let found = await report.check(
            "credentials", { try await workspace.credentials(connection.credentialsFile) },
            { "\($0.credentials.clientID), from \($0.origin)" })
        guard let found else { return report }
        await report.check(
            "connection", { try await Self.connect(found.credentials, endpoint, workspace.environment) }, { $0 })
        return report
    }

    /// Makes a request and returns the result in words.
    private static func connect(
        _ credentials: Credentials, _ endpoint: Endpoint, _ environment: Environment
    ) async throws -> String {
        let transport = try HTTPTransport(
            endpoint: endpoint, credentials: credentials, environment: environment.variables,
            version: Version.number)
        let clock = SystemClock()
        let began = clock.steady
        let result: Result<[Server], ServerPilotError>
        do throws(ServerPilotError) {
            result = .success(try await ServerPilotAccount(transport: transport).servers())
        } catch {
            result = .failure(error)
        }
        await transport.shutdown()
        let servers = try result.get()
        let proxy = transport.proxy.map { ", by the proxy \($0.host)" } ?? ""
        let elapsed = (clock.steady - began).shortText
        return "\(servers.count) server\(servers.count == 1 ? "" : "s"), answered in \(elapsed)\(proxy)"
    }
}
