internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Knows of every request whether any of it was handed to the network, and on which connection.
///
/// AsyncHTTPClient reports a connection that closed with the same errors whether it closed while it was being made,
/// while it lay idle, or with a request under way; for a request that changes an account these differ by everything.
/// So each request carries its number in a header field of this process's own, and a handler in front of the encoder
/// of every connection takes the field out and notes the number before the first byte is written. What was not noted
/// was not sent, and once its failure was told, the handler refuses to write it. A connection into which the handler
/// cannot be put is not used.
final class RequestTap: Sendable {
    /// The field that carries the number as far as the handler, and never onto the wire.
    static let fieldName = "sprun-request-number"

    private struct State {
        var latest: UInt64 = 0
        /// The requests that have not ended.
        var requests: [UInt64: Progress] = [:]
    }

    private enum Progress {
        case notWritten
        case written(NIOLoopBound<RequestTapHandler>, any EventLoop)
    }

    private let state = Mutex(State())

    /// Numbers a request that is about to be handed to AsyncHTTPClient.
    func begin() -> UInt64 {
        state.withLock { state in
            state.latest += 1
            state.requests[state.latest] = .notWritten
            return state.latest
        }
    }

    /// Ends a request that has its whole reply.
    func succeeded(_ number: UInt64) {
        state.withLock { _ = $0.requests.removeValue(forKey: number) }
    }

    /// Ends a request that failed, and tells whether its head was handed to the network.
    ///
    /// If it was not, it never will be. If it was, its connection is closed: AsyncHTTPClient leaves it open with the
    /// reply half read when the task is cancelled just before the first piece of the body is asked for.
    func failed(_ number: UInt64) -> Bool {
        let progress = state.withLock { $0.requests.removeValue(forKey: number) }
        guard case .written(let handler, let eventLoop)? = progress else { return false }
        eventLoop.execute { handler.value.close(ifCarrying: number) }
        return true
    }

    /// Puts the handler into a new connection.
    func install(on channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
            try pipeline.addHandler(RequestTapHandler(tap: self), position: .after(encoder))
        }
    }

    /// Notes that a request is about to be written; `false` where it has ended and must not be.
    fileprivate func note(_ number: UInt64, by handler: RequestTapHandler, on eventLoop: any EventLoop) -> Bool {
        let handler = NIOLoopBound(handler, eventLoop: eventLoop)
        return state.withLock { state in
            guard state.requests[number] != nil else { return false }
            state.requests[number] = .written(handler, eventLoop)
            return true
        }
    }
}

/// The handler in one connection.
private final class RequestTapHandler: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    private let tap: RequestTap
    private var context: ChannelHandlerContext?
    private var latest: UInt64?
    private var isClosing = false

    init(tap: RequestTap) { self.tap = tap }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isClosing else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        guard case .head(var head) = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        let number = head.headers.first(name: RequestTap.fieldName).flatMap { UInt64($0) }
        guard let number, tap.note(number, by: self, on: context.eventLoop) else {
            isClosing = true
            promise?.fail(ChannelError.ioOnClosedChannel)
            return context.close(promise: nil)
        }
        latest = number
        head.headers.remove(name: RequestTap.fieldName)
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }

    /// Closes the connection unless it carries a later request already.
    func close(ifCarrying number: UInt64) {
        guard latest == number else { return }
        isClosing = true
        context?.close(promise: nil)
    }
}
