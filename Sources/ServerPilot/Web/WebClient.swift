internal import Groundwork

/// The client for requests of recipes to APIs other than ServerPilot's.
///
/// ```swift
/// struct OneReply: WebClient {
///     let reply: WebReply
///
///     func send(_ request: WebRequest) async throws(WebFailure) -> WebReply {
///         guard request.grants.reach(of: request.address) != nil else {
///             throw WebFailure(.refused, "\(request.address.host) was not granted", delivery: .notSent)
///         }
///         return reply
///     }
/// }
/// ```
public protocol WebClient: Sendable {
    /// Sends a request, and asks the question before each attempt.
    ///
    /// - Throws: the errors of `question`, with nothing sent since it was asked; otherwise as `send(_:)`.
    func send(_ request: WebRequest, asking question: WebQuestion) async throws(WebFailure) -> WebReply

    /// Sends a request and returns the response, whatever its status.
    ///
    /// The client follows redirects of GET and HEAD requests to hosts that the request's grants allow.
    ///
    /// - Throws: `WebFailure`; its `delivery` is `notSent` only if no part of the request was sent.
    func send(_ request: WebRequest) async throws(WebFailure) -> WebReply
}

extension WebClient {
    /// Asks the question once, then sends: correct for a client that sends at once and only once.
    ///
    /// - Throws: as `send(_:)`, and the errors of `question`.
    public func send(_ request: WebRequest, asking question: WebQuestion) async throws(WebFailure) -> WebReply {
        try await question()
        return try await send(request)
    }
}
