internal import Groundwork
internal import ServerPilot

/// The combined effect of all faults that strike a call.
struct CallFate {
    /// The way in which the call's exchange ends.
    enum Ending: Equatable {
        case answered
        case refused(status: Int, retryAfter: Duration?)
        case unanswered
        case headOnly
        case cut(keep: Int?, announced: Fault.Announcement)
        case replaced(Fault.Body)
        case dripped(Duration)
        case late(after: Duration, patience: Duration)
    }

    private(set) var ending = Ending.answered
    /// Whether the account performs the call at all.
    private(set) var isDone = true
    private(set) var delay = Duration.zero
    private(set) var slowness = 1.0
    private(set) var actionFails = false
    /// Whether an action that fails leaves the account unchanged.
    private(set) var failureUndoes = false
    private(set) var rivalsBefore: [RivalEdit] = []
    private(set) var rivalsAfter: [RivalEdit] = []

    init(_ faults: [Fault]) {
        for fault in faults { add(fault.effect) }
    }

    private mutating func add(_ effect: Fault.Effect) {
        switch effect {
        case .status(let status, let isDone): end(.refused(status: status, retryAfter: nil), isDone: isDone)
        case .throttled(let wait): end(.refused(status: 429, retryAfter: wait), isDone: false)
        case .delay(let duration): delay += duration
        case .drip(let duration): end(.dripped(duration))
        case .closed(let isDone): end(isDone ? .headOnly : .unanswered, isDone: isDone)
        case .replyLost: end(.unanswered)
        case .truncated(let keep, let announced): end(.cut(keep: keep, announced: announced))
        case .wrongJSON(let body): end(.replaced(body))
        case .late(let after, let patience): end(.late(after: after, patience: patience), isDone: false)
        case .slowAction(let factor): slowness *= factor
        case .failedAction(let isDone):
            actionFails = true
            failureUndoes = failureUndoes || !isDone
        case .rival(let edit, .before): rivalsBefore.append(edit)
        case .rival(let edit, .after): rivalsAfter.append(edit)
        }
    }

    private mutating func end(_ ending: Ending, isDone: Bool = true) {
        guard self.ending == .answered else { return }
        self.ending = ending
        self.isDone = isDone
    }

    /// Returns the action plan, changed by the faults.
    func plan(_ plan: ActionPlan) -> ActionPlan {
        guard slowness != 1 || actionFails else { return plan }
        let slowness = min(slowness, FaultLimits.largestFactor)
        let actionFails = actionFails
        return ActionPlan { operation, serverID, random in
            let work = plan.work(operation, on: serverID, random: &random)
            return ActionPlan.Work(
                duration: work.duration * slowness, outcome: actionFails ? .error : work.outcome)
        }
    }
}
