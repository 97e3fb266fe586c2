internal import ArgumentParser
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import ServerPilotClient

/// `sprun doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check what a run needs: files, credentials, connection.",
        usage: "sprun doctor",
        discussion:
            "Changes nothing: it makes one reading request. The exit status is that of the first thing found wrong.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    /// The result of a check.
    fileprivate struct Finding {
        let name: String
        let text: String
        var failure: CommandFailure?
    }

    func run() async throws {
        let environment = Environment.current()
        let console = Console(color: output.color, environment: environment)
        let findings = await examine(environment)
        if output.json { console.output.line(Self.json(findings).text()) } else { Self.print(findings, console) }
        console.output.flush()
        if let failure = findings.compactMap(\.failure).first {
            throw FailureCatalogue.kind(failure.code).exit.exitCode
        }
    }

    private func examine(_ environment: Environment) async -> [Finding] {
        var findings = [
            Finding(name: "version", text: VersionText.text.split(separator: "\n").joined(separator: ", "))
        ]
        findings.note("recipes", { try LuaProgram.state() }, { $0 })
        guard let paths = findings.note("folders", { try Paths(environment) }, { "\($0.configuration), \($0.state)" })
        else { return findings }
        PrivateFile.removeLeftovers(paths)
        findings.note(
            "state", { try PrivateFile.checkIsWritable(folder: paths.state) }, { "\(paths.state) can be written" })
        guard
            let endpoint = findings.note("endpoint", { try connection.address(environment, paths) }, { "\($0)" })
        else { return findings }
        do {
            let found = try await connection.credentials(environment, paths)
            findings.append(
                Finding(name: "credentials", text: "\(found.credentials.clientID), from \(found.origin)"))
            findings.append(await tryThem(found.credentials, endpoint, environment))
        } catch {
            let failure = error as? CommandFailure ?? CommandFailure("internal", "\(error)")
            findings.append(Finding(name: "credentials", text: failure.message, failure: failure))
        }
        return findings
    }

    private func tryThem(
        _ credentials: Credentials, _ endpoint: Endpoint, _ environment: Environment
    ) async -> Finding {
        do {
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
            let count = "\(servers.count) server\(servers.count == 1 ? "" : "s")"
            return Finding(name: "connection", text: "\(count), answered in \(elapsed)\(proxy)")
        } catch let error as ServerPilotError {
            return Finding(name: "connection", text: error.message, failure: CommandFailure(error))
        } catch let error as ClientConfigurationError {
            return Finding(name: "connection", text: error.message, failure: CommandFailure(error))
        } catch {
            return Finding(name: "connection", text: "\(error)", failure: CommandFailure("internal", "\(error)"))
        }
    }

    private static func print(_ findings: [Finding], _ console: Console) {
        let width = findings.map(\.name.count).max() ?? 0
        for finding in findings {
            let pad = String(repeating: " ", count: width - finding.name.count)
            let sign = finding.failure == nil ? console.outputStyle.green("ok  ") : console.outputStyle.red("FAIL")
            console.output.line("\(sign)  \(finding.name)\(pad)  \(finding.text.withoutControls)")
            if let failure = finding.failure {
                let indent = String(repeating: " ", count: width + 8)
                if let hint = failure.hint { console.output.line("\(indent)hint: \(hint)") }
                console.output.line("\(indent)more: sprun explain \(FailureCatalogue.kind(failure.code).number)")
            }
        }
    }

    private static func json(_ findings: [Finding]) -> JSONValue {
        [
            "format_version": 1,
            "findings": .array(
                findings.map { finding in
                    var members: JSONObject = [
                        "name": .string(finding.name), "ok": .bool(finding.failure == nil),
                        "text": .string(finding.text),
                    ]
                    if let failure = finding.failure { members["code"] = .string(failure.code) }
                    return .object(members)
                }),
        ]
    }
}

extension [DoctorCommand.Finding] {
    /// Runs a check and appends its finding; returns `nil` if the check failed.
    @discardableResult
    fileprivate mutating func note<Value>(
        _ name: String, _ look: () throws -> Value, _ text: (Value) -> String
    ) -> Value? {
        do {
            let value = try look()
            append(DoctorCommand.Finding(name: name, text: text(value)))
            return value
        } catch {
            let failure = error as? CommandFailure ?? CommandFailure("internal", "\(error)")
            append(DoctorCommand.Finding(name: name, text: failure.message, failure: failure))
            return nil
        }
    }
}
