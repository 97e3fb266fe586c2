public import Groundwork

/// A check just before a request is sent, which throws if the request must not be sent.
public typealias SendQuestion = @Sendable () async throws(ServerPilotError) -> Void

/// The only way to call ServerPilot: over HTTPS, the simulator in process, or the overlay of a plan.
///
/// It takes and returns bytes, so the simulator runs the same code in process and on a socket.
///
/// ```swift
/// struct ReadOnly: Transport {
///     let base: any Transport
///
///     func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
///         guard request.method == .get else {
///             throw ServerPilotError(code: .forbidden, message: "this program only reads", delivery: .notSent)
///         }
///         return try await base.send(request)
///     }
/// }
/// ```
public protocol Transport: Sendable {
    /// Sends a request, and asks the question before each attempt.
    ///
    /// A transport that waits or retries asks after each wait. Other transports can use the default implementation.
    ///
    /// - Throws: the errors of `question`, with nothing sent since it was asked; otherwise as `send(_:)`.
    func send(
        _ request: WireRequest, asking question: SendQuestion
    ) async throws(ServerPilotError) -> WireResponse

    /// Sends a request and returns the response, whatever its status.
    ///
    /// - Throws: `ServerPilotError` if there is no complete response; its `delivery` says whether the API may have
    ///   executed the request.
    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse

    /// Makes one call.
    ///
    /// The default implementation encodes the request and decodes the response. A transport that has the values may
    /// skip both.
    ///
    /// - Throws: `ServerPilotError` that names the operation and holds none of the call's secrets.
    func call(_ operation: Operation, _ arguments: JSONObject) async throws(ServerPilotError) -> Reply
}
