internal import CLuaBridge
internal import Synchronization

/// A meter of the CPU time on the queue of a host: of Lua, and of host functions until they wait.
///
/// The meter reads the monotonic clock for every job (30 ns), and the thread's CPU clock (up to 700 ns) once for each
/// millisecond of work. So it does not charge time that a busy machine or a stopped process takes away.
final class ExecutorMeter: Sendable {
    /// The nanoseconds of work that the monotonic clock charges before the meter reads the CPU clock.
    private static let unmeasured: UInt64 = 1_000_000

    private struct Account {
        /// The CPU clock that was read last, and its time.
        var clock: Int64 = 0
        var reading: UInt64 = 0
        /// The nanoseconds by the monotonic clock since that reading.
        var pending: UInt64 = 0
        var charged: UInt64 = 0
    }

    private let account = Mutex(Account())
    /// The start of the current piece of work, by the monotonic clock; 0 between jobs.
    private let began = Atomic<UInt64>(0)
    /// The CPU clock of the thread that does the work.
    private let clock = Atomic<Int64>(0)

    /// Runs a job and charges it.
    func measure(_ job: () -> Void) {
        clock.store(luabridge_thread_clock(), ordering: .releasing)
        began.store(luabridge_monotonic(), ordering: .releasing)
        job()
        settle(at: 0)
    }

    /// Ends a piece of the current job and starts another: a slice of Lua.
    ///
    /// The operation that the slice waited for may have ended in the same job. Call this only in a job.
    ///
    /// - Returns: The CPU time of all pieces so far, in nanoseconds.
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

    /// The start of the current piece of work, and the time of its thread's CPU clock; `nil` between jobs.
    var running: (began: UInt64, cpu: UInt64)? {
        let start = began.load(ordering: .acquiring)
        guard start != 0 else { return nil }
        return (start, luabridge_read_clock(clock.load(ordering: .acquiring)))
    }
}
