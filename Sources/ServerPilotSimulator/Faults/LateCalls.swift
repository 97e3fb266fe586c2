internal import ServerPilot

/// Requests whose clients got no reply and that will still arrive.
struct LateCalls {
    /// One of them.
    struct LateCall {
        let ticket: Int
        let call: Call
        let request: WireRequest
        let delay: Duration
        /// When it arrives; `nil` while the client has not given up.
        var due: Timestamp?
    }

    private var waiting: [LateCall] = []
    private var tickets = 0

    var isEmpty: Bool { waiting.isEmpty }

    /// Holds a call until its client has given up.
    ///
    /// - Returns: what to name it by; the call is lost where too many are held.
    mutating func hold(_ call: Call, _ request: WireRequest, arriving delay: Duration) -> Int {
        tickets += 1
        if waiting.count < FaultLimits.lateCalls {
            waiting.append(LateCall(ticket: tickets, call: call, request: request, delay: delay))
        }
        return tickets
    }

    /// The client gave up: from now on the call is under way.
    mutating func release(_ ticket: Int, at now: Timestamp) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket && $0.due == nil }) else { return }
        waiting[index].due = now + waiting[index].delay
    }

    /// When the next one arrives.
    var nextDue: Timestamp? { waiting.lazy.compactMap(\.due).min() }

    /// The first of those that arrive at that time.
    mutating func take(due time: Timestamp) -> LateCall? {
        guard let index = waiting.firstIndex(where: { $0.due == time }) else { return nil }
        return waiting.remove(at: index)
    }
}
