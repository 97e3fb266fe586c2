import ServerPilot
import Synchronization

/// A transport that always gives the same, and remembers what it was sent, behind its own lock.
final class RecordedTransport: Transport {
    private let result: Result<WireResponse, ServerPilotError>
    private let sent = Mutex<[WireRequest]>([])

    init(_ response: WireResponse) {
        result = .success(response)
    }

    init(failure: ServerPilotError) {
        result = .failure(failure)
    }

    var requests: [WireRequest] { sent.withLock { $0 } }

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        sent.withLock { $0.append(request) }
        return try result.get()
    }
}
