import Groundwork
import OrderedCollections
import ServerPilotSimulator
import Subprocess

/// The `curl` of the machine as a client of the simulation.
struct Curl: Sendable {
    static func isInstalled() async -> Bool {
        (try? await run(.name("curl"), arguments: ["--version"], output: .discarded)) != nil
    }

    let stage: Stage
    let baseURL: String

    /// Sends a request and gives the body of the reply.
    ///
    /// No `Content-Type` is set, so that curl says that the body is a form: the API reads it all the same.
    func send(_ path: String, method: String? = nil, json: JSONObject? = nil) async throws -> JSONValue {
        let credentials = stage.simulator.credentials
        var arguments = ["-sS", baseURL + path, "-u", "\(credentials.clientID):\(credentials.apiKey.reveal())"]
        if let method { arguments += ["-X", method] }
        if let json { arguments += ["-d", JSONValue.object(json).text()] }
        let result = try await run(
            .name("curl"), arguments: Arguments(arguments), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 16))
        return try JSONValue(text: result.standardOutput)
    }
}
