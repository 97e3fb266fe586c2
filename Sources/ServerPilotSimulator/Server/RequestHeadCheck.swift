internal import NIOCore
internal import NIOHTTP1

/// Checks the version and the Host fields of a request head, and adds the `Connection` field to replies.
///
/// The types used from here on cannot represent the version and the Host fields. A request of HTTP/1.1 has exactly one
/// Host (RFC 9112, 3.2). A request with none or two could be meant for another server, and the page's protection
/// against foreign pages relies on the field.
///
/// A client of HTTP/1.0 waits for the end of the connection, unless the reply confirms its wish to keep it (RFC 9112,
/// 9.3 and C.2.2).
final class RequestHeadCheck: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private var hasFailed = false
    /// The `Connection` value of each pending reply, in order; `nil` to omit the field.
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
        // Later code recognizes only this spelling.
        if !head.isKeepAlive { head.headers.replaceOrAdd(name: "connection", value: "close") }
        // HTTP/1.0 has no interim replies, so the server ignores its expectations (RFC 9110, 10.1.1).
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
