internal import Dispatch

/// The executor of a ``LuaHost``, which runs a single job at a time, in the order in which the jobs arrive.
///
/// It is the executor of the actor and of the tasks that wait for host functions. So a body that leaves the actor (a
/// nonisolated async function, a child task) stays in the same queue, and its jobs keep their place in the order. The
/// order of a run depends only on the order in which the operations that it waits for end (SE-0392, SE-0417).
final class HostExecutor: SerialExecutor, TaskExecutor {
    private let queue = DispatchQueue(label: "LuaHost")
    /// The meter of the queue's CPU time.
    let meter = ExecutorMeter()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            self.meter.measure {
                job.runSynchronously(
                    isolatedTo: self.asUnownedSerialExecutor(), taskExecutor: self.asUnownedTaskExecutor())
            }
        }
    }
}
