import Subprocess

/// The server of `Fixtures/judge.py`, which treats its client badly and counts the requests.
struct Judge: Sendable {
    private let program: RunningProgram
    /// The API's address.
    let url: String
    /// The variables that point sprun at it.
    let environment: [String: String]

    /// How it behaves.
    enum Mode: String, CaseIterable {
        case honest, refusing, asking, gone, half, cut, flood, redirect, fault, echo, leak, mirror, escapes, hold, busy
        case actionError = "action-error"
        case actionOpen = "action-open"
        case halfChange = "half-change"
        case mirrorChange = "mirror-change"
        case cutChange = "cut-change"
        case floodAnnounced = "flood-announced"
    }

    /// Does something while the server runs, and ends it.
    static func with<Value: Sendable>(
        _ mode: Mode, _ user: User, _ body: @escaping @Sendable (Judge) async throws -> Value
    ) async throws -> Value {
        let launch = Launch(
            program: "python3", arguments: ["-u", Installation.fixture("judge.py"), mode.rawValue],
            environment: user.environment(), folder: user.folder, limit: .seconds(120))
        return try await launch.run { program in
            try await program.output.contains("\n")
            let line = await program.output.text.split(separator: "\n")[0]
            let url = "http://127.0.0.1:\(line.dropFirst("port ".count))/v1"
            let judge = Judge(
                program: program, url: url,
                environment: [
                    "SERVERPILOT_API_URL": url, "SERVERPILOT_CLIENT_ID": "cid_right",
                    "SERVERPILOT_API_KEY": "key_right",
                ])
            let value = try await body(judge)
            try program.send(.terminate)
            return value
        }.value
    }

    /// The requests so far: `request GET /v1/servers`, `change POST /v1/sysusers`.
    var requests: [String] {
        get async {
            await program.output.text.split(separator: "\n").filter { $0.contains("/v1") }.map(String.init)
        }
    }

    /// Those of them that change anything, or would.
    var changes: [String] { get async { await requests.filter { $0.hasPrefix("change") } } }

    /// Returns once it has said something.
    func says(_ text: String) async throws { try await program.output.contains(text) }

    /// The bytes of an endless body that the client took.
    var taken: Int? {
        get async {
            let line = await program.output.text.split(separator: "\n").first { $0.hasPrefix("taken ") }
            return line.flatMap { Int($0.dropFirst("taken ".count)) }
        }
    }

    /// In the mode `hold`, lets it answer the change that waits.
    func answer() async { await program.write("answer\n") }
}
