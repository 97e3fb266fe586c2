internal import DurableSteps
internal import Groundwork

extension Journal {
    /// Adds to each run whether a process is working on it.
    ///
    /// A process works on one run of an account at a time: the one that it wrote last.
    func states(of runs: [RunOverview]) -> [ListedRun] {
        var newest: [String: RunOverview] = [:]
        for run in runs where run.status == .unfinished {
            if newest[run.header.account].map({ $0.updated < run.updated }) ?? true { newest[run.header.account] = run }
        }
        let running = Set(
            newest.values.filter { FileLock.isHeld(beside: lockFile($0.header.account)) }.map(\.header.id))
        return runs.map {
            ListedRun(
                overview: $0, state: RunState($0.status, isRunning: running.contains($0.header.id)))
        }
    }
}
