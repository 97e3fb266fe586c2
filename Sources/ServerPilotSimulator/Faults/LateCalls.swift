internal import Groundwork
internal import ServerPilot

/// Requests whose clients got no reply, and which arrive later.
struct LateCalls {
    /// A held request.
    struct LateCall {
        let ticket: Int
        let call: Call
        let request: WireRequest
        let delay: Duration
        /// The time at which the request arrives; `nil` while the client has not given up.
        var due: Timestamp?
    }

    private var waiting: [LateCall] = []
    private var tickets = 0

    var isEmpty: Bool { waiting.isEmpty }

    /// Holds a call until its client has given up.
    ///
    /// - Returns: The ticket of the call. If too many calls are held, the call is lost.
    mutating func hold(_ call: Call, _ request: WireRequest, arriving delay: Duration) -> Int {
        tickets += 1
        if waiting.count < FaultLimits.lateCalls {
            waiting.append(LateCall(ticket: tickets, call: call, request: request, delay: delay))
        }
        return tickets
    }

    /// Starts the delay of a call whose client has given up.
    mutating func release(_ ticket: Int, at now: Timestamp) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket && $0.due == nil }) else { return }
        waiting[index].due = now + waiting[index].delay
    }

    /// The time of the next arrival; `nil` if no call is on its way.
    var nextDue: Timestamp? { waiting.lazy.compactMap(\.due).min() }

    /// Removes and returns the first call that arrives at that time.
    mutating func take(due time: Timestamp) -> LateCall? {
        guard let index = waiting.firstIndex(where: { $0.due == time }) else { return nil }
        return waiting.remove(at: index)
    }
}
