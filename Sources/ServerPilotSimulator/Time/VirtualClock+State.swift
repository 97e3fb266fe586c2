internal import ServerPilot

extension VirtualClock {
    /// What the clock knows, without its lock: every change says whom to wake and wakes nobody itself.
    struct State {
        private struct Sleeper {
            let deadline: Timestamp
            let ticket: UInt64
            /// Whether its work was counted when it went to sleep, and so is counted again when it wakes.
            let isCounted: Bool
            let continuation: Continuation
        }

        var now: Timestamp
        var work = 0
        private var tickets: UInt64 = 0
        /// The earliest last, where it can be taken off at no cost.
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
            // By bisection: the place before the first sleeper that wakes earlier.
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

        /// Moves time on to the earliest deadline when nothing works.
        ///
        /// - Returns: who has to be resumed.
        mutating func wakeNext() -> Continuation? {
            guard work == 0, let sleeper = sleepers.popLast() else { return nil }
            now = max(now, sleeper.deadline)
            if sleeper.isCounted { work += 1 }
            return sleeper.continuation
        }

        /// Takes the sleeper out because its task was cancelled; its work is counted again from now on.
        mutating func removeSleeper(_ ticket: UInt64) -> Continuation? {
            guard let index = sleepers.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            let sleeper = sleepers.remove(at: index)
            if sleeper.isCounted { work += 1 }
            return sleeper.continuation
        }
    }
}
