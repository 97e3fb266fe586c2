internal import FoundationEssentials
internal import LuaHost
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The output of a command: results go to standard output, everything else to standard error.
struct Console: Sendable {
    /// The choice when to use colors.
    enum ColorChoice: String, CaseIterable, Sendable {
        case auto, always, never
    }

    /// Standard output, for results.
    let output: Stream
    /// Standard error, for everything else.
    let error: Stream
    /// The stream for text that a recipe prints: standard output, or standard error if the result must be alone.
    let printed: Stream
    /// The colors of standard output.
    let outputStyle: Style
    /// The colors of standard error.
    let errorStyle: Style
    /// Whether standard output is a terminal.
    let outputIsTerminal: Bool
    /// Whether standard error is a terminal that can redraw lines.
    let errorIsTerminal: Bool
    /// Whether standard input is a terminal.
    let inputIsTerminal: Bool

    /// The lines at the bottom of the terminal that are redrawn.
    let live: LiveRegion

    /// The value of `COLUMNS`, which overrides the terminal's width.
    private let columns: Int?

    /// The colors and the width of standard output.
    var outputPage: Page { Page(style: outputStyle, width: width(of: output, outputIsTerminal)) }

    /// The colors and the width of standard error.
    var errorPage: Page { Page(style: errorStyle, width: width(of: error, errorIsTerminal)) }

    /// The columns after which plain text on standard error is broken; `nil` without a terminal.
    var textWidth: Int? { errorIsTerminal ? errorPage.width : nil }

    private func width(of stream: Stream, _ isTerminal: Bool) -> Int? {
        if let columns { return columns }
        guard isTerminal else { return nil }
        var size = winsize()
        guard ioctl(stream.descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Creates a console; by default for the standard streams of this process.
    init(
        color: ColorChoice, environment: Environment, resultIsAlone: Bool = false,
        output: FileDescriptor = .standardOutput, error: FileDescriptor = .standardError
    ) {
        outputIsTerminal = isatty(output.rawValue) == 1
        let isDumb = environment["TERM"] == "dumb"
        errorIsTerminal = isatty(error.rawValue) == 1 && !isDumb
        inputIsTerminal = isatty(STDIN_FILENO) == 1
        columns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        self.output = Stream(output, flushesLines: outputIsTerminal)
        self.error = Stream(error, flushesLines: true, after: self.output)
        printed = resultIsAlone ? self.error : self.output
        live = LiveRegion(on: self.error)
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

    /// Limits further waits for readers, because the program was asked to exit and a stuck reader would delay it.
    func stopWaitingForReaders() {
        output.stopWaiting()
        error.stopWaiting()
    }

    /// Writes a line to standard error.
    func note(_ text: String) { live.above { error.line(text) } }

    /// Writes text without colors to standard error, broken between words if it is longer than the terminal is wide.
    func remark(_ text: String) { note(text.behind("  ", width: textWidth)) }

    /// Writes a line of a recipe at once, so that it is not lost if the process is killed.
    func print(_ text: String) {
        live.above {
            printed.line(outputIsTerminal ? text.printed : text)
            printed.flush()
        }
    }

    /// Writes a warning and its recipe line to standard error; the text can come from another person.
    func warn(_ text: String, at site: LuaCallSite? = nil) {
        let place = site.map { "  (\($0.description.withoutControls))" } ?? ""
        let rest = "\(text)\(place)".behind("         ", after: 9, width: textWidth)
        note("\(errorStyle.yellow("warning:")) \(rest)")
    }
}
