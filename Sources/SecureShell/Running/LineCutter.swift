/// A splitter of bytes into lines; the bytes arrive in pieces of any size.
struct LineCutter {
    private var rest: [UInt8] = []

    /// Returns the lines that a piece completes; splits a line at `SecureShellLimits.longestLine` bytes.
    mutating func cut(_ bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == 0x0A {
                lines.append(take())
            } else {
                rest.append(byte)
                if rest.count >= SecureShellLimits.longestLine { lines.append(take()) }
            }
        }
        return lines
    }

    /// Returns the rest, which has no newline; `nil` if it is empty.
    mutating func end() -> String? { rest.isEmpty ? nil : take() }

    private mutating func take() -> String {
        // A progress bar overwrites its line with carriage returns: keep only the last state.
        let shown = rest.last == 0x0D ? rest.dropLast() : rest[...]
        defer { rest = [] }
        return String(decoding: shown.split(separator: 0x0D).last ?? [], as: UTF8.self)
    }
}
