internal import NIOCore

/// Notices that the client of a connection has ended it, while its request is still being answered.
///
/// Every connection has one from its beginning, so that an end is not missed however early it comes. It belongs to the
/// connection's event loop.
final class ClientWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private var isGone = false
    private var listeners: [@Sendable () -> Void] = []

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The client ends its side: whoever does that with a request under way has given it up.
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

    /// Returns once the client of the connection has ended it, or after that time.
    static func end(of channel: any Channel, atMost patience: TimeAmount) async {
        let (ends, announce) = AsyncStream.makeStream(of: Void.self)
        onEnd(of: channel) { announce.finish() }
        let timer = channel.eventLoop.scheduleTask(in: patience) { announce.finish() }
        for await _ in ends {}
        timer.cancel()
    }

    /// Calls the listener once the client of the connection has ended it, at once if it has already.
    ///
    /// A connection that is gone altogether has no watch any more, which is the same.
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
