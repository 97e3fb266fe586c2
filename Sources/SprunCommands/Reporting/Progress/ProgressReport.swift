internal import Groundwork
internal import RecipeEngine
internal import ServerPilotClient
internal import Synchronization

/// A report of a run in progress.
///
/// It writes a line per change and finished wait to standard error, and the recipe's own output to standard output. On
/// a terminal, further lines are redrawn: the current waits, and the counts of many items. Elsewhere, lines about both
/// are written from time to time.
final class ProgressReport: Sendable {
    /// The pause between two frames: a slower animation looks stuck, a faster animation distracts.
    private static let framePause: Duration = .milliseconds(120)
    /// The pause between two looks for a line that is due, without a terminal.
    private static let logPause: Duration = .seconds(1)
    /// The time after which the current wait is shown: all that takes longer looks like a hung program.
    private static let patience: Duration = .seconds(1)

    private struct State {
        var model = ProgressModel()
        var log = ProgressLog()
        /// The time of the last line that stays.
        var lastLine: ProgressModel.Moment = .zero
        var isDrawn = false
        var isTicking = false
        var frame = 0
    }

    private let console: Console
    private let detail: ProgressDetail
    private let isLive: Bool
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - console: The streams.
    ///   - detail: The amount of progress to show.
    ///   - isLive: Whether lines may be redrawn if standard error is a terminal.
    init(console: Console, detail: ProgressDetail = .usual, isLive: Bool = true) {
        self.console = console
        self.detail = detail
        self.isLive = isLive && console.errorIsTerminal
    }

    private var now: ProgressModel.Moment { ContinuousClock.now - start }

    /// Begins the work: from now on, all that takes long is shown.
    ///
    /// - Parameters:
    ///   - words: The work, as in "running acme.lua".
    ///   - recipe: The name of the recipe.
    ///   - plan: The number of planned changes, and of those that an earlier execution made; `nil` without a plan.
    func begin(_ words: String, recipe: String = "", plan: (total: Int, before: Int)? = nil) {
        state.withLock { state in
            state.model.recipe = recipe
            state.model.begin(words, plan: plan, at: now)
            state.lastLine = now
        }
        tick()
    }

    /// Shows an event.
    func show(_ event: RunEvent) {
        state.withLock { state in
            state.model.take(event, at: now)
            if let line = line(event, state.model) { write(&state) { line() } }
            for tally in state.model.takeFinished() where detail != .quiet {
                let text = ProgressText(model: state.model, now: now, style: console.errorStyle).finalWords(tally)
                write(&state) { console.note(text) }
            }
            writeMilestone(&state)
        }
    }

    /// Shows that a request failed and will be sent again.
    func show(_ retry: NetworkTrouble.Retry) {
        guard detail != .quiet else { return }
        state.withLock { state in
            let isNew = state.model.trouble == nil
            state.model.retry(retry, at: now)
            guard !isLive, isNew else { return }
            // The log has further lines while the trouble lasts.
            state.log.wrote(at: now)
            write(&state) { console.warn("\(retry.reason); retrying in \(retry.delay.shortText)") }
        }
        tick()
    }

    /// Shows that a request that was sent again has ended.
    func end(_ end: RetryEnd) {
        state.withLock { state in
            if let trouble = state.model.end(end) { show(trouble, &state) }
        }
    }

    /// Ends the work, and removes the lines that are redrawn.
    func clear() {
        state.withLock { state in
            if let trouble = state.model.end() { show(trouble, &state) }
            console.live.draw([])
            state.isDrawn = false
        }
    }

    private func show(_ trouble: NetworkTrouble, _ state: inout State) {
        guard detail != .quiet else { return }
        let text = ProgressText(model: state.model, now: now, style: console.errorStyle)
        write(&state) { console.warn(text.finalWords(trouble)) }
    }

    // MARK: Lines that stay

    private func write(_ state: inout State, _ body: () -> Void) {
        body()
        state.lastLine = now
        if state.isDrawn { draw(&state) }
    }

    /// Returns what writes the line of an event; `nil` if it has none.
    private func line(_ event: RunEvent, _ model: ProgressModel) -> (() -> Void)? {
        let console = console
        if case .printed(let text) = event { return { console.print(text) } }
        guard detail != .quiet else { return nil }
        let isCounted = detail == .usual && model.hasMany
        switch event {
        case .logged(let text, _): return { console.note(text.behind("  | ", width: console.textWidth)) }
        case .warned(let text, let site): return { console.warn(text, at: site) }
        case .changed(let change) where !isCounted: return { console.note(change.line(console.errorStyle)) }
        case .performed(let outside) where !isCounted: return { console.note(outside.line(console.errorStyle)) }
        case .changed, .performed:
            guard model.isFirstCounted else { return nil }
            return { console.note("counting further changes; --verbose shows each") }
        case .waited(let wait) where !isCounted:
            let done = "\(wait.subject.withoutControls)  done  \(console.errorStyle.faint(wait.elapsed.shortText))"
            return { console.note("  \(done)") }
        case .printed, .waited, .running, .returned, .item: return nil
        }
    }

    private func writeMilestone(_ state: inout State) {
        guard !isLive, detail != .quiet,
            let line = state.log.milestone(state.model, at: now, console.errorStyle)
        else { return }
        write(&state) { console.note(line) }
    }

    private func writeDue(_ state: inout State) {
        guard !isLive, detail != .quiet, let line = state.log.due(state.model, at: now, console.errorStyle) else {
            return
        }
        write(&state) { console.note(line) }
    }

    // MARK: Lines that are redrawn

    /// Starts to redraw, unless that has begun; it ends when the work and all trouble have ended.
    private func tick() {
        guard detail != .quiet else { return }
        let mustStart = state.withLock { state in
            defer { state.isTicking = true }
            return !state.isTicking
        }
        guard mustStart else { return }
        let pause = isLive ? Self.framePause : Self.logPause
        Task { [weak self] in
            repeat { try? await Task.sleep(for: pause) } while self?.step() == true
        }
    }

    /// Draws the next frame, or writes the line that is due; returns false if nothing is left to show.
    private func step() -> Bool {
        state.withLock { state in
            guard state.model.work != nil || state.model.trouble != nil else {
                state.isTicking = false
                return false
            }
            if isLive { draw(&state) } else { writeDue(&state) }
            return true
        }
    }

    private func draw(_ state: inout State) {
        let model = state.model
        let wait = model.longestWaits(1).first
        let isLong =
            model.trouble != nil || model.hasMany || wait.map { now - $0.seen >= Self.patience } ?? false
            || now - state.lastLine >= Self.patience
        guard isLong else { return }
        let width = (console.errorPage.width ?? NameList.usualWidth) - 1
        let text = ProgressText(model: model, now: now, style: console.errorStyle)
        let lines = text.live(frame: state.frame, width: width)
        console.live.draw(lines)
        state.isDrawn = !lines.isEmpty
        state.frame += 1
    }
}
