internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The reads of a run that are in flight: equal reads are one request.
///
/// A read joins another one only if nothing has happened since that began: a reply to a change of the run, or anything
/// else that a coroutine may have waited for. So a coroutine always sees its own changes, and what it knows to have
/// happened elsewhere.
final class SharedReads: Sendable {
    private struct Read: Hashable {
        let operation: ServerPilot.Operation.Name
        let arguments: JSONObject
        /// The number of events before the read.
        let events: Int
    }

    private struct State {
        var events = 0
        var arrivals = 0
        /// The replies of reads that others joined, with the number of arrivals until the reply.
        var replies: [Read: (arrivals: Int, reply: Result<Reply, ServerPilotError>)] = [:]
        var joined: [Read: Int] = [:]
    }

    private let flights: SingleFlight<Read>
    private let state = Mutex(State())

    /// Creates reads of which none is in flight.
    ///
    /// - Parameter time: the clock to notify of coroutines that wait for another one's read.
    init(time: any TimeSource) { flights = SingleFlight(time: time) }

    /// Notes that something happened after which a read must not join an earlier one.
    func happened() { state.withLock { $0.events += 1 } }

    /// Makes a read, or joins an equal one.
    func read(
        _ operation: ServerPilot.Operation.Name, _ arguments: JSONObject,
        _ send: () async -> Result<Reply, ServerPilotError>
    ) async -> Result<Reply, ServerPilotError> {
        let (read, arrival) = state.withLock { state in
            state.arrivals += 1
            let read = Read(operation: operation, arguments: arguments, events: state.events)
            state.joined[read, default: 0] += 1
            return (read, state.arrivals)
        }
        defer {
            state.withLock { state in
                state.joined[read, default: 1] -= 1
                if state.joined[read] == 0 { (state.joined[read], state.replies[read]) = (nil, nil) }
            }
        }
        do {
            return try await flights.run(read, known: { reply(to: read, arrival) }) {
                let reply = await send()
                // A cancelled read says nothing to the others: the next of them reads.
                if case .failure(let error) = reply, error.code == .cancelled { return reply }
                state.withLock { $0.replies[read] = ($0.arrivals, reply) }
                return reply
            }
        } catch {
            return .failure(
                ServerPilotError(
                    code: .cancelled, message: "cancelled while waiting for another read", delivery: .notSent))
        }
    }

    /// Returns the reply to a read, if the caller arrived before it.
    private func reply(to read: Read, _ arrival: Int) -> Result<Reply, ServerPilotError>? {
        state.withLock { state in
            state.replies[read].flatMap { $0.arrivals >= arrival ? $0.reply : nil }
        }
    }
}
