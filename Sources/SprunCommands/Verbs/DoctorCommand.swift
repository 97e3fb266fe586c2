internal import ArgumentParser
internal import Groundwork
internal import ServerPilot
internal import ServerPilotClient

/// `sprun doctor`.
struct DoctorCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "doctor", abstract: "Check files, credentials and connection.",
        usage: "sprun doctor",
        discussion: "Changes nothing; sends one GET request. The exit status is that of the first problem.")

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
            "state", { try PrivateFile.checkIsWritable(folder: paths.state) }, { "\(paths.state) is writable" })
        let found: Result<CredentialSource.Found, any Error>
        do { found = .success(try await workspace.credentials(connection)) } catch { found = .failure(error) }
        let endpoint = await report.check(
            "endpoint", { try workspace.endpoint(connection.endpoint, of: try? found.get()) }, { "\($0)" })
        guard let endpoint else { return report }
        let usable = await report.check(
            "credentials", { try found.get() },
            { "\($0.credentials.clientID), from \($0.origin)\($0.warning.map { "; \($0)" } ?? "")" })
        guard let found = usable else { return report }
        let clock = SystemClock()
        let began = clock.steady
        await report.check("connection", { try await workspace.test(found.credentials, at: endpoint) }) { result in
            let proxy = result.proxy.map { ", through the proxy \($0)" } ?? ""
            let elapsed = (clock.steady - began).shortText
            return "\(result.servers) server\(result.servers == 1 ? "" : "s"), response in \(elapsed)\(proxy)"
        }
        return report
    }
}
