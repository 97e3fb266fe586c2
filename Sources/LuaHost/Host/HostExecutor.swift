internal import Dispatch
internal import Synchronization

/// The executor of a ``LuaHost``, which runs a single job at a time, in the order in which the jobs arrive.
///
/// It is the executor of the actor and of the tasks that wait for host functions. So a body that leaves the actor (a
/// nonisolated async function, a child task) stays in the same queue, and its jobs keep their place in the order. The
/// order of a run depends only on the order in which the operations that it waits for end (SE-0392, SE-0417).
final class HostExecutor: SerialExecutor, TaskExecutor {
    private struct Jobs {
        var waiting: [UnownedJob] = []
        /// Whether a thread runs jobs, or will.
        var isRunning = false
    }

    private let queue = DispatchQueue(label: "LuaHost")
    private let jobs = Mutex(Jobs())
    private let waitingCount = Atomic(0)
    /// The meter of the jobs' CPU time.
    let meter = ExecutorMeter()

    /// Whether other jobs wait for the current one.
    var hasJobs: Bool { waitingCount.load(ordering: .relaxed) > 0 }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = jobs.withLock { jobs in
            jobs.waiting.append(job)
            waitingCount.add(1, ordering: .relaxed)
            defer { jobs.isRunning = true }
            return !jobs.isRunning
        }
        if isFirst { queue.async { self.runJobs() } }
    }

    /// Runs jobs until none is left, which takes less time than a block of the queue for each of them.
    private func runJobs() {
        var current: [UnownedJob] = []
        while true {
            current.removeAll(keepingCapacity: true)
            jobs.withLock { jobs in
                swap(&current, &jobs.waiting)
                jobs.isRunning = !current.isEmpty
            }
            guard !current.isEmpty else { return }
            for job in current {
                waitingCount.subtract(1, ordering: .relaxed)
                meter.measure {
                    job.runSynchronously(
                        isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
                }
            }
        }
    }
}
