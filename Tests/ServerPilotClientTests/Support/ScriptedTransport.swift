import HTTPTypes
import ServerPilot
import Synchronization

/// A transport that answers by a closure and keeps what it was asked.
final class ScriptedTransport: Transport {
    typealias Answer = Result<WireResponse, ServerPilotError>

    private let asked = Mutex<[WireRequest]>([])
    private let answer: @Sendable (_ number: Int, _ request: WireRequest) -> Answer

    /// - Parameter answer: is given the number of the request, from 1.
    init(_ answer: @escaping @Sendable (_ number: Int, _ request: WireRequest) -> Answer) { self.answer = answer }

    var requests: [WireRequest] { asked.withLock { $0 } }

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        let number = asked.withLock { asked in
            asked.append(request)
            return asked.count
        }
        return try answer(number, request).get()
    }
}

extension Result where Success == WireResponse, Failure == ServerPilotError {
    /// A response.
    static func status(_ status: Int, _ headers: HTTPFields = [:], body: String = #"{"data":[]}"#) -> Self {
        .success(WireResponse(status: .init(code: status), headers: headers, body: Array(body.utf8)))
    }

    /// A failure without more to it than its code and what is known of the request.
    static func failure(
        _ code: ServerPilotError.Code, _ delivery: Delivery, cause: (any Error)? = nil
    ) -> Self {
        .failure(ServerPilotError(code: code, message: "broken", delivery: delivery, cause: cause))
    }
}
