/// What is sent to a host: the runner, what it is told, and the bytes that go with it.
struct RunnerRequest {
    /// The command for the host's shell: the same for all, without anything of the recipe's.
    ///
    /// Login shells that are not POSIX, such as fish and csh, understand it as well.
    static let command = "exec sh -c 'eval \"$(dd bs=1 count=\(runner.count) 2>/dev/null)\"'"

    private static let runner = PackageResources.runner_sh

    /// All that goes to the standard input.
    let bytes: [UInt8]

    private init(_ words: [String], _ parts: [[UInt8]] = []) {
        bytes = Self.runner + Array((words.joined(separator: " ") + "\n").utf8) + parts.flatMap(\.self)
    }

    /// Begins a script, or goes on with the output of one that was begun.
    ///
    /// - Parameters:
    ///   - name: what it is known by on the host.
    ///   - script: the script.
    ///   - input: its standard input.
    ///   - received: how many bytes of output and of error output there are here already.
    /// - Returns: the request.
    static func run(_ name: String, script: [UInt8], input: [UInt8], received: (output: Int, error: Int)) -> Self {
        Self(
            [
                "run", name, "\(script.count)", "\(input.count)", "\(received.output):\(received.error)",
                "\(SecureShellLimits.keptOutput)",
            ], [script, input])
    }

    /// Ends a script.
    static func kill(_ name: String) -> Self { Self(["kill", name, "-", "-", "-", "-"]) }

    /// Removes what was kept of a script's output.
    static func forget(_ name: String) -> Self { Self(["forget", name, "-", "-", "-", "-"]) }

    /// Writes a file.
    static func copy(_ content: [UInt8], digest: String, path: String, mode: String) -> Self {
        let plain = String(mode.drop { $0 == "0" })
        return Self(
            ["copy", digest, "\(content.count)", plain.isEmpty ? "0" : plain, "-", "-"],
            [Array("\(path)\n".utf8), content])
    }
}
