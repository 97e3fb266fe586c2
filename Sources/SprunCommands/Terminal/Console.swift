internal import ServerPilot
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Where a command speaks: results to standard output, everything else to standard error.
struct Console: Sendable {
    /// When to colour.
    enum ColorChoice: String, CaseIterable, Sendable {
        case auto, always, never
    }

    /// The result.
    let output: Stream
    /// Everything else.
    let error: Stream
    /// Colours of standard output.
    let outputStyle: Style
    /// Colours of standard error.
    let errorStyle: Style
    /// Whether standard output is a terminal.
    let outputIsTerminal: Bool
    /// Whether standard error is a terminal that lines can be redrawn on.
    let errorIsTerminal: Bool
    /// Whether standard input is a terminal.
    let inputIsTerminal: Bool

    /// What `COLUMNS` says, for those who know better than the terminal.
    private let columns: Int?

    /// So many characters fit a line of standard output; `nil` where nobody counts them.
    var width: Int? {
        if let columns { return columns }
        guard outputIsTerminal else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// The process's own streams.
    init(color: ColorChoice, environment: Environment) {
        outputIsTerminal = isatty(STDOUT_FILENO) == 1
        let isDumb = environment["TERM"] == "dumb"
        errorIsTerminal = isatty(STDERR_FILENO) == 1 && !isDumb
        inputIsTerminal = isatty(STDIN_FILENO) == 1
        columns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        output = Stream(.standardOutput, flushesLines: outputIsTerminal)
        error = Stream(.standardError, flushesLines: true)
        let isAllowed = environment["NO_COLOR"].map(\.isEmpty) ?? true
        func style(_ isTerminal: Bool) -> Style {
            switch color {
            case .always: Style(isColoured: true)
            case .never: Style(isColoured: false)
            case .auto: Style(isColoured: isTerminal && isAllowed && !isDumb)
            }
        }
        outputStyle = style(outputIsTerminal)
        errorStyle = style(errorIsTerminal)
    }

    /// From now on the program waits for no reader: it is asked to end, and one that has stopped reading would keep it.
    func stopWaitingForReaders() {
        output.stopWaiting()
        error.stopWaiting()
    }

    /// Says something on standard error.
    func note(_ text: String) { error.line(text) }

    /// Warns on standard error.
    ///
    /// Control characters from elsewhere do not reach the terminal.
    func warn(_ text: String) { error.line("\(errorStyle.yellow("warning:")) \(text.withoutControls)") }
}

extension String {
    /// The text with control characters made visible, so that what comes from the API or a recipe cannot move the
    /// cursor or recolour the terminal.
    ///
    /// Line breaks and tabs stay.
    var withoutControls: String {
        guard unicodeScalars.contains(where: \.isHarmful) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            if scalar.isHarmful {
                text += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isHarmful: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
