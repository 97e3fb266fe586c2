import CLuaBridge

/// The CPU time of a slice whose Lua runs in another process: of that process, and of this one, which serves its calls.
///
/// Slices that run together are measured together: the process starts none after LUAPROTOCOL_RUN_NANOSECONDS, so the last
/// one can take up to its limit beyond that.
struct SliceMeter {
    /// The nanoseconds between two reads of CPU clocks, each of which is a system call.
    private static let interval: UInt64 = 1_000_000
    /// The nanoseconds that a slice may compute beyond its limit.
    ///
    /// The limits inside of the process come first.
    private static let margin: UInt64 = 250_000_000
    /// The nanoseconds that the child may compute at least for a request outside of slices, such as its start.
    private static let besideSlices: UInt64 = 2_000_000_000

    private let limits: luabridge_limits
    /// The CPU time that the host used before the slice; `nil` outside of slices.
    private var hostBefore: UInt64?
    /// The CPU clocks of the child and of this thread at the start; the latter is read late.
    private var childStart: UInt64 = 0
    private var ownStart: UInt64?
    private var began: UInt64 = 0
    private var looked: UInt64 = 0
    /// The limit that was passed, such as LUABRIDGE_SPENT_SLICE; LUABRIDGE_LIVE before.
    private(set) var spent = Int32(LUABRIDGE_LIVE)
    /// Whether it was passed so far that the process must end.
    private(set) var isOverrun = false

    init(_ limits: luabridge_limits) { self.limits = limits }

    /// Starts slices, or a request outside of slices.
    ///
    /// - Parameters:
    ///   - child: The CPU time of the child so far.
    ///   - host: The CPU time of the host before the slices; `nil` for a request outside of slices.
    mutating func begin(child: UInt64, host: UInt64?) {
        (hostBefore, childStart, ownStart) = (host, child, nil)
        began = luabridge_monotonic()
        (looked, spent, isOverrun) = (began, Int32(LUABRIDGE_LIVE), false)
    }

    /// Compares the CPU time with the limits, at most once in a millisecond.
    ///
    /// - Parameter child: Reads the CPU time of the child.
    /// - Returns: Whether it did.
    mutating func look(child: () -> UInt64) -> Bool {
        let now = luabridge_monotonic()
        guard now - looked >= Self.interval else { return false }
        looked = now
        let total = child()
        let inChild = total > childStart ? total - childStart : 0
        let used = inChild + own(at: now)
        let slice =
            hostBefore == nil
            ? max(limits.slice, Self.besideSlices) : limits.slice + UInt64(LUAPROTOCOL_RUN_NANOSECONDS)
        if limits.slice > 0, used > slice {
            spent = Int32(LUABRIDGE_SPENT_SLICE)
            isOverrun = used > slice + Self.margin
        } else if limits.total > 0, let hostBefore, hostBefore + own(at: now) + total > limits.total {
            spent = Int32(LUABRIDGE_SPENT_TOTAL)
            isOverrun = hostBefore + own(at: now) + total > limits.total + Self.margin
        }
        return true
    }

    /// Returns the CPU time of this thread since the slice began.
    ///
    /// The clock is first read after a millisecond; until then all time counts.
    private mutating func own(at now: UInt64) -> UInt64 {
        let clock = luabridge_read_clock(luabridge_thread_clock())
        let start = ownStart ?? clock - min(clock, now - began)
        ownStart = start
        return clock > start ? clock - start : 0
    }
}
