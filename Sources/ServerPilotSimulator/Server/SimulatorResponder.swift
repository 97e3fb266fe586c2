internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import NIOHTTPTypes
internal import ServerPilot

/// Converts requests and responses between HTTP and the simulation, without decisions of its own.
struct SimulatorResponder: HTTPResponder {
    let serverPilot: SimulatedServerPilot
    /// The endpoint for changing faults; `nil` to disable it.
    var control: FaultControl?
    /// The page for watching the simulation; `nil` to disable it.
    var page: SimulatorPage?

    func respond(to request: Request, context: SimulatorRequestContext) async throws -> Response {
        var wire = WireRequest(
            method: request.method, path: Self.path(of: request), headers: request.headers)
        let limit = RequestReader.maximumBodySize
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            return request.expectsContinue ? last(tooLarge(wire), on: context.channel) : tooLarge(wire)
        }
        if request.expectsContinue {
            if !wire.path.isEmpty, let refusal = serverPilot.refuseByHead(wire) {
                return last(response(refusal, to: request.method), on: context.channel)
            }
            try await context.channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)))
        }
        do {
            wire.body = Array(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            return tooLarge(wire)
        }
        if let control, request.uri.path == FaultControl.path {
            return response(control.answer(wire), to: request.method)
        }
        if request.uri.path == ConnectControl.path {
            return response(ConnectControl(serverPilot: serverPilot).answer(wire), to: request.method)
        }
        if let page, request.uri.path == SimulatorPage.path || request.uri.path == SimulatorPage.statePath {
            wire.path = request.uri.path
            let visitor = SimulatorPage.Visitor(
                isLocal: context.channel.isFromThisMachine, authority: request.head.authority)
            return response(page.answer(wire, from: visitor), to: request.method)
        }
        let exchange = await serverPilot.exchange(wire)
        guard exchange.isFaulty else { return response(exchange.response, to: request.method) }
        return try await FaultyDelivery(exchange: exchange, serverPilot: serverPilot, channel: context.channel)
            .response()
    }

    /// Returns the path below the API's base path; empty for other paths, which matches no operation.
    private static func path(of request: Request) -> String {
        let path = (request.head.path ?? "").prefix { $0 != "?" }
        guard path.hasPrefix(SimulatorServer.basePath + "/") else { return "" }
        return String(path.dropFirst(SimulatorServer.basePath.count))
    }

    /// Returns the reply to a body that exceeds the limit.
    ///
    /// The reply closes the connection. The server discards the rest of the body.
    private func tooLarge(_ request: WireRequest) -> Response {
        var answer = response(
            serverPilot.refuse(request, .bodyIsSmall, message: RequestReader.tooLarge), to: request.method)
        answer.headers[.connection] = "close"
        return answer
    }

    /// Returns the reply to a client that holds its body back, which ends the connection.
    ///
    /// The bytes after the head may be that body or another request; the server cannot distinguish them (RFC 9110,
    /// 10.1.1). The server closes only its own side at first, so that the reply reaches a client that is already
    /// sending.
    private func last(_ response: Response, on channel: any Channel) -> Response {
        var headers = response.headers
        headers[.connection] = "close"
        let body = response.body
        return Response(
            status: response.status, headers: headers,
            body: ResponseBody(contentLength: body.contentLength) { writer in
                try await body.write(writer)
                try? await channel.close(mode: .output)
                await ClientWatch.end(of: channel, atMost: Self.farewell)
                throw FaultyDelivery.Closed()
            })
    }

    /// The time that a client has to read the last reply before the server closes the connection completely.
    private static let farewell = TimeAmount.seconds(2)

    private func response(_ wire: WireResponse, to method: HTTPRequest.Method) -> Response {
        var headers = wire.headers
        headers[.contentLength] = String(wire.body.count)
        let body = method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: wire.body))
        return Response(status: wire.status, headers: headers, body: body)
    }
}

extension Request {
    /// Whether the client waits for `100 Continue` before it sends the body.
    fileprivate var expectsContinue: Bool {
        let hasBody = headers[.transferEncoding] != nil || (headers[.contentLength].flatMap { Int($0) } ?? 0) > 0
        return hasBody && headers[.expect]?.lowercased() == "100-continue"
    }
}

extension Channel {
    /// Whether the client is on this machine.
    fileprivate var isFromThisMachine: Bool {
        switch remoteAddress {
        case .v4: remoteAddress?.ipAddress?.hasPrefix("127.") ?? false
        case .v6:
            ["::1"].contains(remoteAddress?.ipAddress) || remoteAddress?.ipAddress?.hasPrefix("::ffff:127.") ?? false
        case .unixDomainSocket: true
        case nil: false
        }
    }
}
