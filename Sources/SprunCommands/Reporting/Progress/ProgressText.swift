internal import Groundwork
internal import LuaHost
internal import RecipeEngine

/// The state of a run as lines of text.
struct ProgressText {
    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
    /// The number of waits that are shown below a bar.
    private static let shownWaits = 3
    /// The columns of a bar at most.
    private static let widestBar = 40
    /// The columns of a subject that are kept if the line is too long.
    private static let narrowestSubject = 20

    let model: ProgressModel
    let now: ProgressModel.Moment
    let style: Style

    // MARK: On a terminal

    /// Returns the lines that are redrawn: what the run waits for, and what is done of many items.
    ///
    /// - Parameters:
    ///   - frame: The number of the picture of the animation.
    ///   - width: The columns of a line.
    /// - Returns: The lines; none if nothing runs.
    func live(frame: Int, width: Int) -> [String] {
        let picture = Self.frames[frame % Self.frames.count]
        var rows: [String] = []
        if let trouble = model.trouble { rows.append(text(trouble)) }
        if model.hasMany, let tally = model.tally {
            rows.append(bar(tally, width: width - 2))
            let waits = model.longestWaits(Self.shownWaits)
            rows += waits.map { text($0, width: width - 2, isItem: true) }
            let more = model.waitCount - waits.count
            if more > 0 { rows.append("and \(more) more") }
        } else if let wait = model.longestWaits(1).first {
            let more = model.waitCount > 1 ? ", and \(model.waitCount - 1) more" : ""
            let count = model.tally.flatMap { tally in tally.total.map { ", \(tally.done)/\($0) done" } } ?? ""
            rows.append(text(wait, width: width - 2, more: more + count))
        } else if rows.isEmpty, let work = model.work {
            rows.append("\(work.words)\(age(now - work.began))")
        }
        return rows.enumerated().map { index, row in
            let mark = index == 0 ? style.blue(picture) : " "
            return "\(mark) \(row.withoutControls.cut(to: width - 2))"
        }
    }

    /// Returns a bar with counts: `[####------] 23/200, 24/min, about 7m left`.
    private func bar(_ tally: ProgressTally, width: Int) -> String {
        let words = words(tally)
        guard let share = tally.share else { return words }
        let columns = min(Self.widestBar, width - words.columns - 3)
        guard columns >= 5 else { return words }
        let filled = Int((Double(columns) * share).rounded(.down))
        return "[\(String(repeating: "#", count: filled))\(String(repeating: "-", count: columns - filled))] \(words)"
    }

    // MARK: Counts

    /// Returns counts in words: `23/200, 24/min, 2 failed, about 7m left`.
    func words(_ tally: ProgressTally) -> String {
        var words = [tally.total.map { "\(tally.done)/\($0)" } ?? "\(tally.done) changes"]
        if let rate = tally.rate(at: now) { words.append(text(rate)) }
        words += failures(tally)
        if let left = tally.left(at: now) { words.append("about \(left.shortText) left") }
        return words.joined(separator: ", ")
    }

    /// Returns the counts of work that has ended: `200/200 in 8m20s, 2 failed`.
    func finalWords(_ tally: ProgressTally) -> String {
        let count = tally.total.map { "\(tally.done)/\($0)" } ?? "\(tally.done) changes"
        return (["\(count) in \((now - tally.began).shortText)"] + failures(tally)).joined(separator: ", ")
    }

    private func failures(_ tally: ProgressTally) -> [String] {
        (tally.failed > 0 ? ["\(tally.failed) failed"] : []) + (tally.stopped > 0 ? ["\(tally.stopped) stopped"] : [])
    }

    private func text(_ rate: Double) -> String {
        let (number, unit) = rate >= 1 ? (rate, "s") : rate * 60 >= 1 ? (rate * 60, "min") : (rate * 3600, "h")
        let tenths = Int((number * 10).rounded())
        return number >= 10 || tenths % 10 == 0
            ? "\(Int(number.rounded()))/\(unit)" : "\(tenths / 10).\(tenths % 10)/\(unit)"
    }

    // MARK: Waits

    /// Returns a wait: `waiting 20s for AutoSSL of shop, next look in 1m40s, gives up in 5h58m (line 32)`.
    ///
    /// A line that is too long loses the time since which the run waits, and then a part of its subject.
    ///
    /// - Parameters:
    ///   - wait: The wait.
    ///   - width: The columns of a line; `nil` for no limit.
    ///   - isItem: Whether the line is one of several below a bar; it then begins with the item.
    ///   - more: The words at the end.
    /// - Returns: The line.
    func text(_ wait: ProgressWait, width: Int? = nil, isItem: Bool = false, more: String = "") -> String {
        let age = age(now - wait.began)
        let subject = wait.subject.withoutControls
        let end = times(wait) + place(wait) + more
        let label = model.label(of: wait)?.withoutControls
        let item = isItem ? label.flatMap { subject.contains($0) ? nil : "\($0): " } ?? "" : ""
        let whole = isItem ? "\(item)\(subject)\(age)\(end)" : "waiting\(age) for \(subject)\(end)"
        guard let width, whole.columns > width else { return whole }
        let (before, after) = isItem ? (item, age + end) : ("waiting for ", end)
        let room = width - before.columns - after.columns
        return before + subject.cut(to: max(Self.narrowestSubject, room)) + after
    }

    private func times(_ wait: ProgressWait) -> String {
        var text = ""
        if let next = wait.nextLook { text += next > now ? ", next look in \(left(until: next))" : ", looks now" }
        if let end = wait.end, end > now { text += ", ends in \(left(until: end))" }
        if let limit = wait.limit, limit > now { text += ", gives up in \(left(until: limit, inMinutes: true))" }
        return text
    }

    private func place(_ wait: ProgressWait) -> String {
        guard let site = wait.site else { return "" }
        let place = site.source == model.recipe ? "line \(site.line)" : site.description.withoutControls
        return " (\(place))"
    }

    // MARK: Network

    /// Returns trouble that lasts: `try 4 in 2s: www1.example refuses connections`.
    func text(_ trouble: NetworkTrouble) -> String {
        let next = trouble.next.map { $0 > now ? ", next in \(left(until: $0))" : ", trying now" } ?? ""
        return "network: \(trouble.count)\(next): \(trouble.reason)"
    }

    /// Returns trouble that is over: `www1.example refuses connections; answered after 4 tries in 3s`.
    func finalWords(_ trouble: NetworkTrouble) -> String {
        let time = (now - trouble.began).shortText
        return trouble.gotReply
            ? "\(trouble.reason); answered after \(trouble.count) in \(time)"
            : "\(trouble.reason); no reply after \(trouble.count) in \(time)"
    }

    // MARK: Times

    /// Returns an age in whole seconds with a blank before it; empty below a second.
    private func age(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        return seconds < 1 ? "" : " \(Duration.seconds(seconds).shortText)"
    }

    /// Returns the time until a moment in whole seconds, or if so wanted and at least a minute, in whole minutes.
    private func left(until moment: ProgressModel.Moment, inMinutes: Bool = false) -> String {
        let seconds = (moment - now).inSeconds
        let unit = inMinutes && seconds > 60 ? 60.0 : 1
        return Duration.seconds((seconds / unit).rounded(.up) * unit).shortText
    }
}
