internal import Groundwork

extension VirtualClock {
    /// The clock's state, without its lock: methods return the continuation to resume and never resume it themselves.
    struct State {
        private struct Sleeper {
            let deadline: Timestamp
            let ticket: UInt64
            /// Whether the sleeper's work was counted before it went to sleep, and so counts again when the sleeper
            /// wakes.
            let isCounted: Bool
            let continuation: Continuation
        }

        var now: Timestamp
        var work = 0
        private var tickets: UInt64 = 0
        /// The sleepers, the earliest last, where removal costs nothing.
        private var sleepers: [Sleeper] = []

        init(now: Timestamp) {
            self.now = now
        }

        var sleeperCount: Int { sleepers.count }

        mutating func nextTicket() -> UInt64 {
            tickets += 1
            return tickets
        }

        mutating func addSleeper(until deadline: Timestamp, ticket: UInt64, continuation: Continuation) {
            let sleeper = Sleeper(deadline: deadline, ticket: ticket, isCounted: work > 0, continuation: continuation)
            work = max(0, work - 1)
            // Finds the position before the first sleeper that wakes earlier, by bisection.
            var low = 0
            var high = sleepers.count
            while low < high {
                let middle = (low + high) / 2
                if (sleepers[middle].deadline, sleepers[middle].ticket) > (deadline, ticket) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            sleepers.insert(sleeper, at: low)
        }

        /// Advances the time to the earliest deadline if no work is counted.
        ///
        /// - Returns: The continuation to resume.
        mutating func wakeNext() -> Continuation? {
            guard work == 0, let sleeper = sleepers.popLast() else { return nil }
            now = max(now, sleeper.deadline)
            if sleeper.isCounted { work += 1 }
            return sleeper.continuation
        }

        /// Removes a sleeper whose task was cancelled; its work counts again from now on.
        mutating func removeSleeper(_ ticket: UInt64) -> Continuation? {
            guard let index = sleepers.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            let sleeper = sleepers.remove(at: index)
            if sleeper.isCounted { work += 1 }
            return sleeper.continuation
        }
    }
}
