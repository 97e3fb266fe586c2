import Subprocess

/// `sprun simulate` under way.
struct Simulation: Sendable {
    /// Its process.
    let program: RunningProgram
    /// The lines that it printed first.
    let lines: [String]

    /// Does something while it runs, then ends it by SIGTERM.
    static func with<Value: Sendable>(
        _ user: User, _ arguments: [String] = ["--port", "0"], limit: Duration? = nil,
        _ body: @escaping @Sendable (Simulation) async throws -> Value
    ) async throws -> (program: Finished, value: Value) {
        var launch = try user.launch(["simulate"] + arguments)
        if let limit { launch.limit = limit }
        return try await launch.run { program in
            try await program.output.contains("SERVERPILOT_API_KEY=")
            try await program.output.contains("\n")
            let lines = await program.output.text.split(separator: "\n").map(String.init)
            let value = try await body(Simulation(program: program, lines: lines))
            try program.send(.terminate)
            return value
        }
    }

    /// What the lines export.
    var environment: [String: String] {
        var variables: [String: String] = [:]
        for line in lines {
            let words = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1)
            if words.count == 2 { variables[String(words[0])] = String(words[1]) }
        }
        return variables
    }
}
