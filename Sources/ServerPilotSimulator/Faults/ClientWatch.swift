internal import NIOCore

/// Detects that the client closes its connection while the server still answers its request.
///
/// Every connection has a watch from its beginning, so that no end is missed, however early. The watch belongs to the
/// connection's event loop.
final class ClientWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private var isGone = false
    private var listeners: [@Sendable () -> Void] = []

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The client closes its side: a client that does so during a request has given up.
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { end() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    private func end() {
        isGone = true
        for listener in listeners { listener() }
        listeners = []
    }

    private func listen(_ listener: @escaping @Sendable () -> Void) {
        if isGone { listener() } else { listeners.append(listener) }
    }

    /// Returns when the client has closed the connection, at the latest after that time.
    static func end(of channel: any Channel, atMost patience: TimeAmount) async {
        let (ends, announce) = AsyncStream.makeStream(of: Void.self)
        onEnd(of: channel) { announce.finish() }
        let timer = channel.eventLoop.scheduleTask(in: patience) { announce.finish() }
        for await _ in ends {}
        timer.cancel()
    }

    /// Calls the listener when the client has closed the connection, at once if it already has.
    ///
    /// A connection that is already closed on both sides has no watch any more, which counts as closed.
    static func onEnd(of channel: any Channel, _ listener: @escaping @Sendable () -> Void) {
        channel.eventLoop.execute {
            guard let watch = try? channel.pipeline.syncOperations.handler(type: ClientWatch.self) else {
                return listener()
            }
            watch.listen(listener)
        }
    }
}

@available(*, unavailable)
extension ClientWatch: Sendable {}
