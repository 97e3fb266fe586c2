/// Cuts what comes in pieces into lines.
struct LineCutter {
    private var rest: [UInt8] = []

    /// The lines that a piece ends; one without an end is given when it is too long.
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

    /// What is left without an end.
    mutating func end() -> String? { rest.isEmpty ? nil : take() }

    private mutating func take() -> String {
        // Of a line that was written over, as progress bars are, the last state.
        let shown = rest.last == 0x0D ? rest.dropLast() : rest[...]
        defer { rest = [] }
        return String(decoding: shown.split(separator: 0x0D).last ?? [], as: UTF8.self)
    }
}
