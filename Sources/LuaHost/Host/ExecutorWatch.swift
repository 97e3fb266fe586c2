/// A watch for a host that computes longer than a slice may, from outside of its queue.
///
/// No check inside Lua finds a host function or a single instruction that takes minutes. Examples of such instructions
/// are a chain of `__call`, and an error that leaves 100,000 calls.
final class ExecutorWatch: Sendable {
    /// The pause between two checks, which keeps their cost negligible.
    private static let interval = Duration.milliseconds(50)
    /// The nanoseconds that a slice may take beyond its limit, so that its own hook comes first.
    private static let margin: UInt64 = 250_000_000

    private let looking: Task<Void, Never>

    /// Checks a meter until the watch is freed, and reports once if a job computes too long.
    ///
    /// - Parameters:
    ///   - meter: The meter of the host's queue.
    ///   - slice: The limit of a slice, in nanoseconds.
    ///   - onOverrun: The function to call, from another thread than the host's.
    init(_ meter: ExecutorMeter, slice: UInt64, onOverrun: @escaping @Sendable () -> Void) {
        looking = Task.detached {
            var (began, cpu, used): (UInt64, UInt64, UInt64) = (0, 0, 0)
            while (try? await Task.sleep(for: Self.interval)) != nil {
                guard let job = meter.running else { continue }
                used = job.began == began && job.cpu >= cpu ? used + (job.cpu - cpu) : 0
                (began, cpu) = (job.began, job.cpu)
                guard used > slice + Self.margin else { continue }
                return onOverrun()
            }
        }
    }

    deinit { looking.cancel() }
}
