internal import Dispatch

/// Where a ``LuaHost`` runs: one thing at a time, in the order in which it came.
///
/// It is the executor of the actor and of the tasks that wait for host functions, so that a body that leaves the actor
/// (a nonisolated async function, a child task) stays in the same queue and cannot come back in another place each
/// time. So the order of a run depends only on the order in which the things it waits for end (SE-0392, SE-0417).
final class HostExecutor: SerialExecutor, TaskExecutor {
    private let queue = DispatchQueue(label: "LuaHost")
    /// How long it has computed.
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
