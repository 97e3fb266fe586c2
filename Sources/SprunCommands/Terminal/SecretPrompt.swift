internal import Groundwork
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Reads lines from standard input, on a terminal with a prompt and, for secrets, without echo.
struct SecretPrompt {
    let console: Console
    /// What to do where nothing is there to be read.
    var hint: String? = "two lines are read: client id and API key; or the key alone with --client-id"

    /// Longer lines are a file given by mistake.
    private static let longestLine = 4096

    /// Reads a line without the white space around it.
    ///
    /// - Throws: `CommandFailure`, `usage`, when there is none or it is too long.
    func line(_ prompt: String, isSecret: Bool) throws -> String {
        guard console.inputIsTerminal else { return try read(prompt) }
        var settings = termios()
        guard isSecret, tcgetattr(STDIN_FILENO, &settings) == 0 else {
            console.error.write(prompt)
            return try read(prompt)
        }
        let original = settings
        // Ctrl-C would leave the terminal without echo; it is taken as text meanwhile, and no key holds that character.
        settings.c_lflag &= ~tcflag_t(ECHO | ISIG)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        defer {
            var original = original
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &original)
            console.note("")
        }
        // Only now, since whoever answers at once is not to be shown, nor thrown away.
        console.error.write(prompt)
        return try read(prompt)
    }

    /// The next byte; `false` at the end.
    private func readByte(_ byte: inout UInt8) -> Bool {
        withUnsafeMutableBytes(of: &byte) { (try? FileDescriptor.standardInput.read(into: $0)) == 1 }
    }

    private func read(_ prompt: String) throws -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        // One byte at a time: what stands behind the line belongs to the next question.
        while bytes.count <= Self.longestLine, readByte(&byte), byte != UInt8(ascii: "\n") {
            bytes.append(byte)
        }
        let text = String(decoding: TextFile.text(bytes), as: UTF8.self)
        let trimmed = String(
            text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        let name = prompt.prefix { $0 != ":" && $0 != "(" }.lowercased()
        guard !trimmed.isEmpty, bytes.count <= Self.longestLine else {
            throw CommandFailure(
                "usage", "standard input has no \(name.hasSuffix(" ") ? String(name.dropLast()) : name)",
                hint: hint)
        }
        return trimmed
    }
}
