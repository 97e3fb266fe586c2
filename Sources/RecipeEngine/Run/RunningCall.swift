internal import Groundwork
internal import LuaHost
internal import ServerPilot
internal import Synchronization

/// A call of a recipe that can take time; it reports what it waits for.
///
/// The functions of `sp`, `http`, `ssh` and `dns` have one while they run. Code that they call finds it in `current`,
/// also in the task of a change.
final class RunningCall: Sendable {
    /// The call that the current task works for; `nil` outside of calls.
    @TaskLocal static var current: RunningCall?

    private struct State {
        /// The words behind "waiting for".
        var subject = ""
        /// The time since which the call waits for it.
        var since: Timestamp
        var isReported = false
    }

    private let session: RunSession
    private let id: Int
    private let site: LuaCallSite
    private let path: LuaCoroutinePath
    /// The lane of its requests: that of its coroutine.
    var lane: Int { path.hashValue }
    private let state: Mutex<State>

    private init(_ session: RunSession, _ call: LuaCall) {
        self.session = session
        id = session.output.nextCall()
        site = call.site
        path = call.path
        state = Mutex(State(since: session.time.steady))
    }

    /// Runs the body of a call, and reports that it waits for `subject` until the body says something more exact.
    static func report(
        _ subject: String, _ call: LuaCall, of session: RunSession, on actor: isolated (any Actor)? = #isolation,
        _ body: HostFunction.Suspending
    ) async throws -> [LuaValue] {
        // A plan is made on a copy of the account, which takes no time.
        guard session.planning == nil else { return try await body(call) }
        let running = RunningCall(session, call)
        running.waits(for: subject)
        defer { running.end() }
        return try await $current.withValue(running) {
            // A closure stays on the actor of an isolated parameter only if it captures the parameter (SE-0420). Otherwise
            // the calls of a run would start in any order.
            _ = actor
            return try await body(call)
        }
    }

    /// Reports what the call waits for.
    ///
    /// - Parameters:
    ///   - subject: the words behind "waiting for".
    ///   - since: the beginning of the wait, on the steady clock; by default now for a new subject.
    ///   - nextLook: the time of the next look; `nil` if there is none.
    ///   - limit: the time at which the call gives up; `nil` if it has no limit.
    ///   - end: the time at which the wait is over; `nil` if unknown.
    func waits(
        for subject: String, since: Timestamp? = nil, nextLook: Timestamp? = nil, limit: Timestamp? = nil,
        end: Timestamp? = nil
    ) {
        let now = session.time.steady
        let began = state.withLock { state in
            if let since { state.since = since } else if state.subject != subject { state.since = now }
            (state.subject, state.isReported) = (subject, true)
            return state.since
        }
        let left = { (time: Timestamp?) in time.map { max(.zero, $0 - now) } }
        session.output.emit(
            .running(
                RunEvent.Call(
                    id: id, subject: subject, site: site.line > 0 ? site : nil, path: path, elapsed: now - began,
                    nextLook: left(nextLook), limit: left(limit), end: left(end))))
    }

    /// Reports that the call waits no longer, because it returns or because its items now wait instead.
    func end() {
        let wasReported = state.withLock { state in
            defer { state.isReported = false }
            return state.isReported
        }
        if wasReported { session.output.emit(.returned(id)) }
    }
}
