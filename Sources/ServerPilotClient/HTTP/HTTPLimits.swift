/// The limits of one HTTP exchange, in time, bytes and connections.
///
/// ```swift
/// var limits = HTTPLimits()
/// limits.connecting = .seconds(3)
/// limits.replyBytes = 8 << 20  // 8 MiB
/// ```
public struct HTTPLimits: Hashable, Sendable {
    /// The timeout for name resolution, TCP, proxy and TLS together.
    ///
    /// Ten seconds allow for three lost SYN packets; a host that needs longer is not usably reachable.
    public var connecting: Duration = .seconds(10)

    /// The timeout between two pieces of a response, and between the end of the request and the first piece.
    ///
    /// The API does slow work in actions and answers at once. A connection that is silent for a minute is dead.
    public var silence: Duration = .seconds(60)

    /// The timeout for the whole exchange, once a connection is free.
    ///
    /// It ends a response that arrives too slowly. After the head of the response it is checked whenever a piece
    /// arrives, so an exchange ends at most one `silence` later.
    public var exchange: Duration = .seconds(120)

    /// The maximum size of a response body, in bytes.
    ///
    /// An account with a thousand apps, each with its certificates, stays under 16 MiB.
    public var replyBytes = 64 << 20

    /// The maximum number of connections, and so of requests in flight; further requests wait without a timeout.
    ///
    /// Browsers open six connections to a host. Clients of this API in the field stay below five requests per second.
    public var connections = 8

    /// The time for which an unused connection is kept.
    ///
    /// Servers close theirs after 5 to 75 seconds (nginx: 75, load balancers: 60, Apache: 5), and a request at that
    /// moment is ambiguous. So the client usually closes first. Polls a few seconds apart still share a connection.
    public var idleConnection: Duration = .seconds(4)

    /// The maximum size of a response body from an external API, in bytes.
    ///
    /// A page of a provider's list has less than 1 MiB, and a recipe holds all of it.
    public var webReplyBytes = 8 << 20

    /// The maximum number of redirects that are followed: more are most likely a loop.
    public var redirects = 5

    /// The maximum number of addresses of a host that are tried: hosts with more than two have them for other reasons.
    public var addresses = 3

    /// Creates limits with the default values.
    public init() {}
}
