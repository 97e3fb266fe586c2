/// What one HTTP exchange may take, in time, bytes and connections.
public struct HTTPLimits: Hashable, Sendable {
    /// For name, TCP, proxy and TLS together.
    ///
    /// Ten seconds are three lost SYN packets; whoever needs longer is not reachable in any useful sense.
    public var connecting: Duration = .seconds(10)

    /// Between two pieces of a reply, and between the end of the request and the first of them.
    ///
    /// The API does its slow work in actions and answers at once; a minute without a byte is a connection that nobody
    /// holds any more.
    public var silence: Duration = .seconds(60)

    /// For the whole exchange, once a connection is free.
    ///
    /// It ends a reply that drips. After the head of the reply it is looked at whenever a piece arrives, so that an
    /// exchange ends at most one `silence` later.
    public var exchange: Duration = .seconds(120)

    /// Bytes of a reply's body.
    ///
    /// An account with a thousand apps, each with its certificates, stays under 16 MiB.
    public var replyBytes = 64 << 20

    /// Connections, and so requests in flight; further requests wait their turn without a time limit of their own.
    ///
    /// Browsers open six to a host; clients of this API in the field stay below five requests a second.
    public var connections = 8

    /// How long an unused connection is kept.
    ///
    /// Servers close theirs after 15 to 75 seconds (nginx: 75, load balancers: 60, Apache: 5); a request that meets
    /// that moment is ambiguous, so the client lets go first where it can, while polls a few seconds apart still share
    /// one connection.
    public var idleConnection: Duration = .seconds(4)

    /// Bytes of a reply's body from others than ServerPilot: a page of a provider's list has less than one MiB, and a
    /// recipe holds all of it.
    public var webReplyBytes = 8 << 20

    /// Redirects that are followed, at most: who sends a reader around more often means it in a circle.
    public var redirects = 5

    /// Addresses of one host that are tried, at most: hosts with more than one or two have them for other reasons.
    public var addresses = 3

    /// The limits as they stand above.
    public init() {}
}
