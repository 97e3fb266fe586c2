/// The standard input for a host: the runner, a request line, and the bytes that belong to the request.
struct RunnerRequest {
    /// The command for the host's shell: the same for every request, without any data of the recipe.
    ///
    /// Login shells that are not POSIX shells, such as fish and csh, accept it too.
    static let command = "exec sh -c 'eval \"$(dd bs=1 count=\(runner.count) 2>/dev/null)\"'"

    private static let runner = PackageResources.runner_sh

    /// All bytes for the standard input of ssh.
    let bytes: [UInt8]

    private init(_ words: [String], _ parts: [[UInt8]] = []) {
        bytes = Self.runner + Array((words.joined(separator: " ") + "\n").utf8) + parts.flatMap(\.self)
    }

    /// Makes the request to start a script, or to continue with the output of a script that was started.
    ///
    /// - Parameters:
    ///   - name: The name of the script's folder on the host.
    ///   - script: The text of the script.
    ///   - input: The script's standard input.
    ///   - received: The number of bytes of output and of error output that the client already has.
    /// - Returns: The request.
    static func run(_ name: String, script: [UInt8], input: [UInt8], received: (output: Int, error: Int)) -> Self {
        Self(
            [
                "run", name, "\(script.count)", "\(input.count)", "\(received.output):\(received.error)",
                "\(SecureShellLimits.keptOutput)",
            ], [script, input])
    }

    /// Makes the request to end a script.
    static func kill(_ name: String) -> Self { Self(["kill", name, "-", "-", "-", "-"]) }

    /// Makes the request to delete the kept output of a script.
    static func forget(_ name: String) -> Self { Self(["forget", name, "-", "-", "-", "-"]) }

    /// Makes the request to write a file; `digest` is the SHA-256 of the content in hexadecimal.
    static func copy(_ content: [UInt8], digest: String, path: String, mode: String) -> Self {
        let plain = String(mode.drop { $0 == "0" })
        return Self(
            ["copy", digest, "\(content.count)", plain.isEmpty ? "0" : plain, "-", "-"],
            [Array("\(path)\n".utf8), content])
    }
}
