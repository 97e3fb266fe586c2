public import Groundwork
public import HTTPTypes
public import ServerPilot

/// A transport whose responses a closure makes, and which records all requests.
///
/// ```swift
/// let transport = ScriptedTransport { number, _ in number < 3 ? .status(503) : .status(200) }
/// let response = try await transport.send(WireRequest(method: .get, path: "/servers"))
/// #expect(response.status == 503)
/// #expect(transport.requests.map(\.path) == ["/servers"])
/// ```
public final class ScriptedTransport: Transport {
    /// A response, or the reason why there is none.
    public typealias Answer = Result<WireResponse, ServerPilotError>

    private let received = Recorder<WireRequest>()
    private let answer: @Sendable (_ number: Int, _ request: WireRequest) -> Answer

    /// Creates a transport.
    ///
    /// - Parameter answer: Gets the number of the request, from 1, and the request.
    public init(_ answer: @escaping @Sendable (_ number: Int, _ request: WireRequest) -> Answer) {
        self.answer = answer
    }

    /// All requests, in order.
    public var requests: [WireRequest] { received.all }

    /// Records the request and returns the closure's response.
    ///
    /// - Throws: the `ServerPilotError` that the closure returns.
    public func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        try answer(received.number(adding: request), request).get()
    }
}

extension Result where Success == WireResponse, Failure == ServerPilotError {
    /// A response with a status.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - headers: The header fields; none by default.
    ///   - body: The body; an empty list in the API's envelope by default.
    /// - Returns: The response.
    public static func status(_ status: Int, _ headers: HTTPFields = [:], body: String = #"{"data":[]}"#) -> Self {
        .success(WireResponse(status: .init(code: status), headers: headers, body: Array(body.utf8)))
    }

    /// A failure with the message "broken".
    public static func failure(
        _ code: ServerPilotError.Code, _ delivery: Delivery, cause: (any Error)? = nil
    ) -> Self {
        .failure(ServerPilotError(code: code, message: "broken", delivery: delivery, cause: cause))
    }
}
