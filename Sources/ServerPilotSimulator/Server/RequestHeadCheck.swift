internal import NIOCore
internal import NIOHTTP1

/// Looks at what only the head of a request on the wire tells: its version and its Host, both of which the types that
/// are used from here on have no place for; and tells the client in each reply what becomes of the connection.
///
/// A request of HTTP/1.1 has exactly one Host (RFC 9112, 3.2); one that has none or two could be meant for somebody
/// else, and the page's guard against foreign pages goes by it. A client of HTTP/1.0 waits for the end of the
/// connection unless it asked to keep it and the reply says that it is kept (RFC 9112, 9.3 and C.2.2).
final class RequestHeadCheck: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private var hasFailed = false
    /// What the replies to the requests so far have to say of the connection, in their order; `nil` is nothing.
    private var connections: CircularBuffer<String?> = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasFailed else { return }
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        let hosts = head.headers["host"].count
        let isOld = head.version == .http1_0
        guard hosts == 1 || (hosts == 0 && isOld) else {
            hasFailed = true
            return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
        }
        connections.append(head.isKeepAlive ? (isOld ? "keep-alive" : nil) : "close")
        // In the one spelling that is looked for later.
        if !head.isKeepAlive { head.headers.replaceOrAdd(name: "connection", value: "close") }
        // HTTP/1.0 has no interim replies, so an expectation in it counts for nothing (RFC 9110, 10.1.1).
        if isOld { head.headers.remove(name: "expect") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), head.status.code >= 200, let said = connections.popFirst()
        else { return context.write(data, promise: promise) }
        if let said, !head.headers.contains(name: "connection") { head.headers.add(name: "connection", value: said) }
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}

@available(*, unavailable)
extension RequestHeadCheck: Sendable {}
