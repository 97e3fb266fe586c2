import Foundation
import Subprocess

/// The `curl` of the machine as another client of `sprun simulate`.
struct Curl: Sendable {
    private let user: User
    private let url: String
    private let credentials: String

    init(_ simulation: Simulation, _ user: User) {
        self.user = user
        let variables = simulation.environment
        url = variables["SERVERPILOT_API_URL", default: ""]
        credentials =
            variables["SERVERPILOT_CLIENT_ID", default: ""] + ":" + variables["SERVERPILOT_API_KEY", default: ""]
    }

    /// A list of the account.
    func get<Element: Decodable>(_ path: String, as type: Element.Type) async throws -> [Element] {
        try JSONDecoder().decode(Reply<Element>.self, from: Data(try await text(path).utf8)).data
    }

    private struct Reply<Element: Decodable>: Decodable {
        let data: [Element]
    }

    /// All lists of the account as text.
    func everything() async throws -> [String] {
        var texts: [String] = []
        for path in ["/servers", "/sysusers", "/apps", "/dbs", "/sshkeys"] { texts.append(try await text(path)) }
        return texts
    }

    private func text(_ path: String) async throws -> String {
        let run = try await Launch(
            program: "curl", arguments: ["-sS", "--fail", "-u", credentials, url + path],
            environment: user.environment(), folder: user.folder
        ).run()
        guard run.status == .exited(0) else { throw Refused(description: "\(path): \(run)") }
        return run.output
    }

    /// A request that was not answered with 2xx.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }
}
