internal import CLuaBridge
internal import Synchronization

/// How long has been computed on the queue of a host: Lua, host functions, and what these do until they wait.
///
/// The monotonic clock is read for every job (30 ns), the thread's CPU clock (up to 700 ns) once for each millisecond
/// of work: what a busy machine or a process that was stopped takes away is not charged.
final class ExecutorMeter: Sendable {
    /// Work that is charged by the monotonic clock until the CPU clock is asked, in nanoseconds.
    private static let unmeasured: UInt64 = 1_000_000

    private struct Account {
        /// The CPU clock of a thread and what it said.
        var clock: Int64 = 0
        var reading: UInt64 = 0
        /// By the monotonic clock, since that reading.
        var pending: UInt64 = 0
        var charged: UInt64 = 0
    }

    private let account = Mutex(Account())
    /// When the piece of work began that is being done; 0 between jobs.
    private let began = Atomic<UInt64>(0)
    /// The CPU clock of the thread that does it.
    private let clock = Atomic<Int64>(0)

    /// Runs a job and charges it.
    func measure(_ job: () -> Void) {
        clock.store(luabridge_thread_clock(), ordering: .releasing)
        began.store(luabridge_monotonic(), ordering: .releasing)
        job()
        settle(at: 0)
    }

    /// A piece of the job is done, and another begins: a slice of Lua after what it waited for, which need not have left
    /// the queue in between.
    ///
    /// To be called in a job.
    ///
    /// - Returns: CPU time of all pieces so far, in nanoseconds.
    func next() -> UInt64 { settle(at: luabridge_monotonic()) }

    @discardableResult
    private func settle(at next: UInt64) -> UInt64 {
        let start = began.exchange(next, ordering: .acquiringAndReleasing)
        let elapsed = start == 0 ? 0 : (next == 0 ? luabridge_monotonic() : next) - start
        return account.withLock { account in
            account.pending += elapsed
            guard account.pending >= Self.unmeasured else { return account.charged + account.pending }
            let current = luabridge_thread_clock()
            let reading = luabridge_read_clock(current)
            let computed = current == account.clock && reading >= account.reading ? reading - account.reading : reading
            account.charged += min(account.pending, computed)
            (account.clock, account.reading, account.pending) = (current, reading, 0)
            return account.charged
        }
    }

    /// The piece of work that is being done, by when it began, and what the CPU clock of its thread says; `nil` between
    /// jobs.
    var running: (began: UInt64, cpu: UInt64)? {
        let start = began.load(ordering: .acquiring)
        guard start != 0 else { return nil }
        return (start, luabridge_read_clock(clock.load(ordering: .acquiring)))
    }
}
