/// Whether a request may be sent now: asked in the moment before, it throws where the request must not be sent.
public typealias SendQuestion = @Sendable () async throws(ServerPilotError) -> Void

/// The one way to ServerPilot: over HTTPS, to the simulator in process, or to the overlay of a plan.
///
/// It takes and gives bytes, so that the simulator in process and the one on a socket run the same code.
public protocol Transport: Sendable {
    /// Sends a request and asks before each time that it does, also before it sends the request again.
    ///
    /// A transport that waits before it sends, or that retries, asks after the wait; the others need not know of it.
    ///
    /// - Throws: what `question` throws: then nothing was sent since. Otherwise as `send(_:)`.
    func send(
        _ request: WireRequest, asking question: SendQuestion
    ) async throws(ServerPilotError) -> WireResponse

    /// Sends a request and gives the response, whatever its status is.
    ///
    /// - Throws: `ServerPilotError` when there is no whole response; its `delivery` says whether the request may have
    ///   been executed.
    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse

    /// Makes one call.
    ///
    /// Everybody gets it by the request's and the response's bytes; a transport that has the values at hand may save the
    /// way through them.
    ///
    /// - Throws: `ServerPilotError`, told of the operation and free of the call's secrets.
    func call(_ operation: Operation, _ arguments: JSONObject) async throws(ServerPilotError) -> Reply
}
