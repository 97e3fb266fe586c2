internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import ServerPilot

/// Gives the documented shape to the refusal of what is no request at all.
///
/// The server below answers what cannot be parsed with a bare 400 and ends the connection. Clients of the API read a
/// message in every failure, so the bare reply is replaced on its way out.
final class ProtocolRefusals: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let serverPilot: SimulatedServerPilot
    /// Why the connection can be read no further.
    private var failure: Behaviour?

    init(_ serverPilot: SimulatedServerPilot) {
        self.serverPilot = serverPilot
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // Before the one that turns heads into the types without version and Host.
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
