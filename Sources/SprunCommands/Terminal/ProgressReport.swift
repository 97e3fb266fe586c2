internal import RecipeEngine
internal import ServerPilot
internal import Synchronization

/// Shows a run as it goes on: one line a change and a wait on standard error, what the recipe prints on standard
/// output.
///
/// On a terminal, the wait that goes on is one line that is redrawn.
final class ProgressReport: Sendable {
    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]

    private let console: Console
    private let frame = Mutex(0)

    init(console: Console) {
        self.console = console
    }

    /// Shows an event.
    func show(_ event: RunEvent) {
        switch event {
        case .printed(let text):
            clear()
            console.output.line(console.outputIsTerminal ? text.withoutControls : text)
        case .logged(let text): line(text.withoutControls)
        case .warned(let text): line("\(console.errorStyle.yellow("warning:")) \(text.withoutControls)")
        case .changed(let change): line(text(of: change))
        case .waited(let wait):
            let done = "\(wait.subject.withoutControls)  done  \(console.errorStyle.faint(wait.elapsed.shortText))"
            line("  \(done)")
        case .waiting(let wait): redraw(wait)
        case .generatedSecret: break
        }
    }

    /// Removes the line of the wait.
    func clear() {
        let wasDrawn = frame.withLock { frame in
            defer { frame = 0 }
            return frame > 0
        }
        if wasDrawn { console.error.write("\r\u{1B}[K") }
    }

    private func line(_ text: String) {
        clear()
        console.note(text)
    }

    private func redraw(_ wait: RunEvent.Wait) {
        guard console.errorIsTerminal else { return }
        let picture = frame.withLock { frame in
            defer { frame += 1 }
            return Self.frames[frame % Self.frames.count]
        }
        console.error.write(
            "\r\u{1B}[K\(console.errorStyle.blue(picture)) \(wait.subject.withoutControls)  \(wait.elapsed.shortText)")
    }

    private func text(of change: RunEvent.Change) -> String {
        let style = console.errorStyle
        let (sign, verb) =
            switch change.operation.effect {
            case .create: (style.green("+"), "created")
            case .delete: (style.red("-"), "deleted")
            case .update, .read: (style.yellow("~"), "updated")
            }
        var words = ["\(sign) \(change.operation.kind.spokenName) \(change.object.withoutControls)", verb]
        if let id = change.id { words.append("id=\(id)") }
        words.append(style.faint(change.elapsed.shortText))
        return words.joined(separator: "  ")
    }
}
