internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The account's first replies, for all trials of a recipe: no trial repeats the read of another.
final class SharedReads: Transport {
    private struct State {
        var replies: [String: Result<Reply, ServerPilotError>] = [:]
        var requests = 0
    }

    private let account: any Transport
    private let state = Mutex(State())

    init(of account: any Transport) { self.account = account }

    /// The number of requests sent to the account.
    var requests: Int { state.withLock { $0.requests } }

    /// Sends every request: callers use it for resources that change by themselves, such as actions.
    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        state.withLock { $0.requests += 1 }
        return try await account.send(request)
    }

    func call(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject
    ) async throws(ServerPilotError) -> Reply {
        let question = "\(operation.name) \(JSONValue.object(arguments).text())"
        if let known = state.withLock({ $0.replies[question] }) { return try known.get() }
        state.withLock { $0.requests += 1 }
        let result: Result<Reply, ServerPilotError>
        do throws(ServerPilotError) {
            result = .success(try await account.call(operation, arguments))
        } catch {
            // A missing resource stays missing. Another failure may have passed at the next read.
            guard error.code == .notFound else { throw error }
            result = .failure(error)
        }
        state.withLock { $0.replies[question] = result }
        return try result.get()
    }
}
