internal import LuaHost
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
    var width: Int? { width(of: STDOUT_FILENO, outputIsTerminal) }

    /// So many characters fit a line of standard error; `nil` where nobody counts them.
    var errorWidth: Int? { width(of: STDERR_FILENO, errorIsTerminal) }

    private func width(of descriptor: Int32, _ isTerminal: Bool) -> Int? {
        if let columns { return columns }
        guard isTerminal else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
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

    /// Warns on standard error, in words that may be a stranger's, and says which line of a recipe the warning is about.
    func warn(_ text: String, at site: LuaCallSite? = nil) {
        let place = site.map { "  (\($0.description.withoutControls))" } ?? ""
        let rest = "warning: \(text)\(place)".behind("         ", width: errorIsTerminal ? errorWidth : nil).dropFirst(
            9)
        error.line("\(errorStyle.yellow("warning:")) \(rest)")
    }
}
