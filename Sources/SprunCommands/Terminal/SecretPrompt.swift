internal import FoundationEssentials
internal import Groundwork
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A reader of lines from standard input; on a terminal with a prompt and, for secrets, without echo.
struct SecretPrompt {
    let console: Console
    /// The hint for an error if there is no line to read.
    let hint: String

    /// The largest accepted line in bytes; a longer line is probably a file passed by mistake.
    private static let longestLine = 4096

    /// Reads a line and trims white space; the prompt is the name, with the note in parentheses.
    ///
    /// - Throws: `CommandFailure`, `usage`, if the line is missing, empty or too long.
    func line(_ name: String, note: String? = nil, isSecret: Bool) throws -> String {
        let prompt = "\(name)\(note.map { " (\($0))" } ?? ""): "
        guard console.inputIsTerminal else { return try read(name) }
        var settings = termios()
        guard isSecret, tcgetattr(STDIN_FILENO, &settings) == 0 else {
            console.error.write(prompt)
            return try read(name)
        }
        let original = settings
        // Ctrl-C would leave the terminal without echo. Meanwhile it is read as a character, which no key contains.
        settings.c_lflag &= ~tcflag_t(ECHO | ISIG)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        defer {
            var original = original
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &original)
            console.note("")
        }
        // Prompt only now: an earlier answer would be shown on the terminal, and discarded by the change of settings.
        console.error.write(prompt)
        return try read(name)
    }

    /// Reads the next byte; returns false at the end.
    private func readByte(_ byte: inout UInt8) -> Bool {
        withUnsafeMutableBytes(of: &byte) { (try? FileDescriptor.standardInput.read(into: $0)) == 1 }
    }

    private func read(_ name: String) throws -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        // Read single bytes: the input after the line belongs to the next question.
        while bytes.count <= Self.longestLine, readByte(&byte), byte != UInt8(ascii: "\n") {
            bytes.append(byte)
        }
        let text = String(decoding: TextFile.text(bytes), as: UTF8.self)
        let trimmed = String(
            text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        guard !trimmed.isEmpty, bytes.count <= Self.longestLine else {
            throw CommandFailure("usage", "standard input has no \(name.lowercased())", hint: hint)
        }
        return trimmed
    }
}
