internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The account as it answered once, for all trials of a recipe: what one trial has read, no other asks for again.
final class SharedReads: Transport {
    private struct State {
        var replies: [String: Result<Reply, ServerPilotError>] = [:]
        var requests = 0
    }

    private let account: any Transport
    private let state = Mutex(State())

    init(of account: any Transport) { self.account = account }

    /// Requests that the account was sent.
    var requests: Int { state.withLock { $0.requests } }

    /// What is asked by bytes, such as the work on a server, moves by itself and is asked for each time.
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
            // What is not there stays so; another failure may have passed when it is asked for again.
            guard error.code == .notFound else { throw error }
            result = .failure(error)
        }
        state.withLock { $0.replies[question] = result }
        return try result.get()
    }
}
