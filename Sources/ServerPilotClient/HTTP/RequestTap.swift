internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// A record of whether each request was handed to the network, and on which connection.
///
/// AsyncHTTPClient reports the same errors for a connection that closed while connecting, while idle, or during a
/// request. For a request that changes an account, that difference decides whether it may be sent again.
///
/// So each request carries its number in a private header field. A handler before the encoder of each connection
/// removes the field, and records the number before the first byte is written. A request without a record was not sent.
/// Once the failure of such a request is reported, the handler refuses to write it. A connection without the handler is
/// not used.
final class RequestTap: Sendable {
    /// The header field with the number, which the handler removes before the request is written.
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

    /// Numbers a request before it is handed to AsyncHTTPClient.
    func begin() -> UInt64 {
        state.withLock { state in
            state.latest += 1
            state.requests[state.latest] = .notWritten
            return state.latest
        }
    }

    /// Ends a request after its whole response has arrived.
    func succeeded(_ number: UInt64) {
        state.withLock { _ = $0.requests.removeValue(forKey: number) }
    }

    /// Ends a failed request and returns whether its head was handed to the network.
    ///
    /// If not, it never will be. If so, its connection is closed: AsyncHTTPClient would leave it open, with the
    /// response half read, if the task is cancelled just before the first piece of the body is requested.
    func failed(_ number: UInt64) -> Bool {
        let progress = state.withLock { $0.requests.removeValue(forKey: number) }
        guard case .written(let handler, let eventLoop)? = progress else { return false }
        eventLoop.execute { handler.value.close(ifCarrying: number) }
        return true
    }

    /// Adds the handler to a new connection.
    func install(on channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
            try pipeline.addHandler(RequestTapHandler(tap: self), position: .after(encoder))
        }
    }

    /// Records that a request is about to be written; returns `false` if it has ended and must not be written.
    fileprivate func note(_ number: UInt64, by handler: RequestTapHandler, on eventLoop: any EventLoop) -> Bool {
        let handler = NIOLoopBound(handler, eventLoop: eventLoop)
        return state.withLock { state in
            guard state.requests[number] != nil else { return false }
            state.requests[number] = .written(handler, eventLoop)
            return true
        }
    }
}

/// The handler of one connection.
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

    /// Closes the connection, unless it already carries a later request.
    func close(ifCarrying number: UInt64) {
        guard latest == number else { return }
        isClosing = true
        context?.close(promise: nil)
    }
}
