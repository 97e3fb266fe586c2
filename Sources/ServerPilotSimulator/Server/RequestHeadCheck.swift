internal import NIOCore
internal import NIOHTTP1

/// Looks at what only the head of a request on the wire tells: its version and its Host, both of which the types that
/// are used from here on have no place for.
///
/// A request of HTTP/1.1 has exactly one Host (RFC 9112, 3.2); one that has none or two could be meant for somebody
/// else, and the page's guard against foreign pages goes by it. A client of HTTP/1.0 waits for the end of the
/// connection unless it asks to keep it.
final class RequestHeadCheck: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private var hasFailed = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasFailed else { return }
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        let hosts = head.headers["host"].count
        guard hosts == 1 || (hosts == 0 && head.version == .http1_0) else {
            hasFailed = true
            return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
        }
        // In the one spelling that is looked for later.
        if !head.isKeepAlive { head.headers.replaceOrAdd(name: "connection", value: "close") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}

@available(*, unavailable)
extension RequestHeadCheck: Sendable {}
