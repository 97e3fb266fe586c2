internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import ServerPilot

/// Replaces bare replies to malformed requests by replies in the API's documented form.
///
/// The HTTP server below answers a request that it cannot parse with an empty 400 and closes the connection. Clients of
/// the API expect a message in every failure, so this handler replaces that reply on its way out.
final class ProtocolRefusals: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let serverPilot: SimulatedServerPilot
    /// The reason why the connection cannot be read any further.
    private var failure: Behaviour?

    init(_ serverPilot: SimulatedServerPilot) {
        self.serverPilot = serverPilot
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // Before the codec, which converts heads into types without version and Host.
        let pipeline = context.pipeline.syncOperations
        guard let codec = try? pipeline.handler(type: HTTP1ToHTTPServerCodec.self) else { return }
        try? pipeline.addHandler(RequestHeadCheck(), position: .before(codec))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError {
            failure = error == .headerOverflow ? .headerIsSmall : .requestIsHTTP
        }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let failure, case .head(let head) = unwrapOutboundIn(data), head.status == .badRequest,
            head.headerFields[.contentLength] == "0"
        else { return context.write(data, promise: promise) }
        let request = WireRequest(method: .get, path: "")
        let response = serverPilot.refuse(request, failure, message: Self.messages[failure.id] ?? failure.sentence)
        var fields = response.headers
        fields[.connection] = "close"
        fields[.contentLength] = String(response.body.count)
        context.write(
            wrapOutboundOut(.head(HTTPResponse(status: response.status, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: response.body))), promise: promise)
    }

    private static let messages = [
        Behaviour.headerIsSmall.id: "The header of the request is too large.",
        Behaviour.requestIsHTTP.id: "This is no request of HTTP/1.1.",
    ]
}

@available(*, unavailable)
extension ProtocolRefusals: Sendable {}
