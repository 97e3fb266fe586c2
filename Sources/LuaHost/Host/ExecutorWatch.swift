/// Looks from outside whether a host computes longer than one slice may, where nothing inside can look: one instruction
/// of Lua can take minutes (a chain of `__call`, an error that leaves 100,000 calls), and so can a host function.
final class ExecutorWatch: Sendable {
    /// Between two looks: seldom enough to cost nothing.
    private static let interval = Duration.milliseconds(50)
    /// What a slice may take beyond its limit, in nanoseconds, so that its own hook comes first.
    private static let margin: UInt64 = 250_000_000

    private let looking: Task<Void, Never>

    /// Looks at a meter until the watch is gone, and says once when a job has computed too long.
    ///
    /// - Parameters:
    ///   - meter: of the host's queue.
    ///   - slice: what a slice may compute, in nanoseconds.
    ///   - onOverrun: is called from another thread than the host's.
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
