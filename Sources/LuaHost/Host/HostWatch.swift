internal import CLuaBridge

/// A watch for a host that computes longer than a slice may, or whose scripts make the program hold too much memory.
///
/// No check inside Lua finds a host function or a single instruction that takes minutes. Examples of such instructions
/// are a chain of `__call`, and an error that leaves 100,000 calls. None finds either what host functions keep.
final class HostWatch: Sendable {
    /// The memory that the watch limits.
    struct Memory: Sendable {
        /// The program's memory.
        let process: ProcessMemory
        /// The process that runs Lua; nil if this process does.
        let child: pid_t?
        /// The most bytes that both processes may gain.
        let limit: Int
    }

    /// The pause between two checks, which keeps their cost negligible.
    private static let interval = Duration.milliseconds(20)
    /// The pause while memory grows.
    private static let shortInterval = Duration.milliseconds(2)
    /// The growth between two checks, in bytes, after which the next pause is short.
    private static let growth = 1 << 20
    /// The nanoseconds that a slice may take beyond its limit, so that its own hook comes first.
    private static let margin: UInt64 = 250_000_000
    /// The bytes that the program may gain beside the limit: buffers, and memory that its allocator keeps.
    private static let memoryMargin = 24 << 20
    /// The bytes beyond the limit at which the process ends: the host does not stop by itself.
    ///
    /// After its runs there is nothing to stop, and the limit itself counts: the program makes copies of their results.
    private static let memoryOverrun = 256 << 20

    private let looking: Task<Void, Never>

    /// Checks until the watch is freed, and reports once if nothing inside can stop the host.
    ///
    /// - Parameters:
    ///   - meter: The meter of the host's queue.
    ///   - slice: The limit of a slice, in nanoseconds; 0 for none.
    ///   - memory: The memory to limit; nil for none.
    ///   - runs: The runs to stop if they hold too much.
    ///   - onOverrun: The function to call, from another thread than the host's.
    init(
        _ meter: ExecutorMeter, slice: UInt64, memory: Memory?, runs: CancellationGroup,
        onOverrun: (@Sendable (LuaError) -> Void)?
    ) {
        looking = Task.detached {
            var (began, cpu, used): (UInt64, UInt64, UInt64) = (0, 0, 0)
            let childStart = memory?.child.map(ProcessMemory.resident) ?? 0
            var (held, pause) = (0, Self.interval)
            while (try? await Task.sleep(for: pause)) != nil {
                if let memory {
                    let now = memory.process.gained + memory.held(since: childStart)
                    pause = now - held > Self.growth ? Self.shortInterval : Self.interval
                    held = now
                    let most = memory.limit + Self.memoryMargin
                    if held > most {
                        luaprocess_trim()
                        held = memory.process.gained + memory.held(since: childStart)
                    }
                    // Read before the cancellation: a run that it ends reports the limit itself.
                    let isIdle = runs.isEmpty && !runs.isCancelled
                    if held > most { runs.cancel(LUABRIDGE_SPENT_MEMORY) }
                    if held > most + (isIdle ? 0 : Self.memoryOverrun), let onOverrun {
                        let what = isIdle ? "the results" : "one function"
                        return onOverrun(LuaError(code: .memory, message: "\(what) took \(held >> 20) MiB of memory"))
                    }
                }
                guard slice > 0, let onOverrun, let job = meter.running else { continue }
                used = job.began == began && job.cpu >= cpu ? used + (job.cpu - cpu) : 0
                (began, cpu) = (job.began, job.cpu)
                guard used > slice + Self.margin else { continue }
                return onOverrun(
                    LuaError(
                        code: .cpuBudget,
                        message: "one instruction or function computed for more than \(Double(slice) / 1e9) s"))
            }
        }
    }

    deinit { looking.cancel() }
}

extension HostWatch.Memory {
    /// Returns the bytes that the process which runs Lua has gained since it had `start`.
    fileprivate func held(since start: Int) -> Int { child.map { max(0, ProcessMemory.resident($0) - start) } ?? 0 }
}
