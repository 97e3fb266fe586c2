internal import Groundwork

/// Counts of items or changes.
struct ProgressTally {
    /// The number that is done, failures included.
    var done: Int
    /// The number among them that an earlier execution did.
    var before = 0
    var failed = 0
    /// The number that was stopped because another failed.
    var stopped = 0
    /// The number to do; `nil` if unknown.
    var total: Int?
    let began: ProgressModel.Moment

    /// The number done for each second; `nil` if there is too little to tell.
    func rate(at now: ProgressModel.Moment) -> Double? {
        let seconds = (now - began).inSeconds
        guard done > before, seconds >= 1 else { return nil }
        return Double(done - before) / seconds
    }

    /// The estimated time until all is done; `nil` below a second, or if there is too little to tell.
    func left(at now: ProgressModel.Moment) -> Duration? {
        guard let total, total > done, done - before >= 3, let rate = rate(at: now) else { return nil }
        let seconds = (Double(total - done) / rate).rounded()
        return seconds >= 1 ? .seconds(seconds) : nil
    }

    /// The share that is done, from 0 to 1; `nil` if the total is unknown.
    var share: Double? { total.map { $0 == 0 ? 1 : Double(done) / Double($0) } }
}
