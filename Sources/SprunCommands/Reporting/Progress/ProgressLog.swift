internal import Groundwork

/// The progress of a run without a terminal: which lines are due at which time.
///
/// A wait gets a line after some seconds, then one line a minute, and network trouble the same. Many items get a line for each tenth.
struct ProgressLog {
    /// The time after which a wait gets its first line.
    static let patience: Duration = .seconds(5)
    /// The time between two lines about waits.
    static let pause: Duration = .seconds(60)
    /// The number of lines about many items.
    private static let steps = 10

    private var lastLine: ProgressModel.Moment?
    /// The tenths that were written, of the counts that began at a time.
    private var written: (began: ProgressModel.Moment, steps: Int)?

    /// Returns the line about many items that is due now; `nil` if none is.
    ///
    /// It takes the same time however many waits there are, so it can be called after each event.
    mutating func milestone(_ model: ProgressModel, at now: ProgressModel.Moment, _ style: Style) -> String? {
        guard model.hasMany, let tally = model.tally,
            let line = milestone(tally, ProgressText(model: model, now: now, style: style))
        else { return nil }
        lastLine = now
        return line
    }

    /// Returns the line about a wait or the network that is due now; `nil` if none is.
    mutating func due(_ model: ProgressModel, at now: ProgressModel.Moment, _ style: Style) -> String? {
        let text = ProgressText(model: model, now: now, style: style)
        guard lastLine.map({ now - $0 >= Self.pause }) ?? true else { return nil }
        if let trouble = model.trouble {
            lastLine = now
            return text.text(trouble)
        }
        guard let wait = model.longestWaits(1).first, now - wait.seen >= Self.patience else { return nil }
        lastLine = now
        let count = model.hasMany ? model.tally.map { "\(text.words($0)); " } ?? "" : ""
        let more = model.waitCount > 1 ? ", and \(model.waitCount - 1) more" : ""
        return count + text.text(wait, more: more)
    }

    /// Takes the time of a line about a wait that something else wrote.
    mutating func wrote(at now: ProgressModel.Moment) { lastLine = now }

    private mutating func milestone(_ tally: ProgressTally, _ text: ProgressText) -> String? {
        guard let share = tally.share else { return nil }
        if written?.began != tally.began { written = (tally.began, 0) }
        let steps = Int(share * Double(Self.steps))
        // The line of the end has other words.
        guard steps > (written?.steps ?? 0), steps < Self.steps else { return nil }
        written?.steps = steps
        return text.words(tally)
    }
}
