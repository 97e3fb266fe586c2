internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import Synchronization

/// A report of a run in progress.
///
/// It writes a line per change and finished wait to standard error, and the recipe's own output to standard output. On
/// a terminal, all current waits share an animated line, so that a long action does not look like a hung program.
final class ProgressReport: Sendable {
    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
    /// The pause between two frames: a slower animation looks stuck, a faster animation distracts.
    private static let framePause: Duration = .milliseconds(120)
    /// The time without an event after which a wait counts as abandoned: the engine polls more often than that.
    private static let silence: Duration = .seconds(30)

    /// The animated line of the waits; no other text may be written into it.
    private struct WaitLine {
        var waits: OrderedDictionary<ActionID, (wait: RunEvent.Wait, told: ContinuousClock.Instant)> = [:]
        var isDrawn = false
        var isTicking = false
        var frame = 0
    }

    private let console: Console
    private let waitLine = Mutex(WaitLine())

    init(console: Console) {
        self.console = console
    }

    /// Shows an event.
    func show(_ event: RunEvent) {
        switch event {
        case .printed(let text):
            write {
                console.printed.line(console.outputIsTerminal ? text.printed : text)
                // Flush, so that readers see it at once and it is not lost if the process is killed.
                console.printed.flush()
            }
        case .logged(let text, _): write { console.note(text.behind("  | ")) }
        case .warned(let text, let site): write { console.warn(text, at: site) }
        case .changed(let change): write { console.note(text(of: change)) }
        case .performed(let outside):
            let style = console.errorStyle
            let words = "\(outside.name) \(outside.object.withoutControls)"
            write { console.note("\(style.green("+")) \(words)  done  \(style.faint(outside.elapsed.shortText))") }
        case .waiting(let wait): begin(wait)
        case .waited(let wait):
            let done = "\(wait.subject.withoutControls)  done  \(console.errorStyle.faint(wait.elapsed.shortText))"
            write(ending: wait.actionID) { console.note("  \(done)") }
        }
    }

    /// Removes the line of the waits and forgets all waits.
    func clear() {
        waitLine.withLock { waitLine in
            waitLine.waits = [:]
            erase(&waitLine)
        }
    }

    /// Erases the line of the waits, then writes other lines; the next frame redraws it.
    private func write(ending id: ActionID? = nil, _ body: () -> Void) {
        waitLine.withLock { waitLine in
            if let id { waitLine.waits[id] = nil }
            erase(&waitLine)
            body()
        }
    }

    private func erase(_ waitLine: inout WaitLine) {
        if waitLine.isDrawn { console.error.write("\r\u{1B}[K") }
        waitLine.isDrawn = false
    }

    private func text(of change: RunEvent.Change) -> String {
        let style = console.errorStyle
        let (sign, verb) =
            switch change.operation.effect {
            case .create: (style.green("+"), "created")
            case .delete: (style.red("-"), "deleted")
            case .update, .read: (style.yellow("~"), "updated")
            }
        var words = ["\(sign) \(change.subject.withoutControls)", verb]
        if let id = change.id { words.append("id=\(id)") }
        words.append(style.faint(change.elapsed.shortText))
        return words.joined(separator: "  ")
    }

    // MARK: Waits

    private func begin(_ wait: RunEvent.Wait) {
        guard console.errorIsTerminal else { return }
        let mustTick = waitLine.withLock { waitLine in
            waitLine.waits[wait.actionID] = (wait, .now)
            defer { waitLine.isTicking = true }
            return !waitLine.isTicking
        }
        draw()
        guard mustTick else { return }
        // The task ends when no wait is left.
        Task { [weak self] in
            repeat { try? await Task.sleep(for: Self.framePause) } while self?.draw() == true
        }
    }

    /// Draws the next frame; returns false if no wait is left.
    @discardableResult
    private func draw() -> Bool {
        waitLine.withLock { waitLine in
            let now = ContinuousClock.now
            waitLine.waits.removeAll { now - $0.value.told > Self.silence }
            guard let first = waitLine.waits.values.first else {
                erase(&waitLine)
                waitLine.isTicking = false
                return false
            }
            let picture = console.errorStyle.blue(Self.frames[waitLine.frame % Self.frames.count])
            waitLine.frame += 1
            // Add the time since the last event, in whole seconds: a simulated clock does not advance meanwhile.
            let elapsed = Duration.seconds((first.wait.elapsed + (now - first.told)).components.seconds)
            var words = ["\(picture) \(first.wait.subject.withoutControls)"]
            if elapsed > .zero { words.append(elapsed.shortText) }
            if waitLine.waits.count > 1 { words.append("and \(waitLine.waits.count - 1) more") }
            console.error.write("\r\u{1B}[K" + words.joined(separator: "  "))
            waitLine.isDrawn = true
            return true
        }
    }
}
