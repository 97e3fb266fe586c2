internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import ServerPilot

/// Carries requests and responses between HTTP and the simulation, and decides nothing itself.
struct SimulatorResponder: HTTPResponder {
    let serverPilot: SimulatedServerPilot
    /// Who may change the faults; `nil` where nobody may.
    var control: FaultControl?
    /// What people watch it on; `nil` where there is no such page.
    var page: SimulatorPage?

    func respond(to request: Request, context: SimulatorRequestContext) async throws -> Response {
        var wire = WireRequest(
            method: request.method, path: Self.path(of: request), headers: request.headers)
        let limit = RequestReader.maximumBodySize
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            return tooLarge(wire)
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

    /// The path below the API's base; empty, which leads nowhere, when it is not below it.
    private static func path(of request: Request) -> String {
        let path = (request.head.path ?? "").prefix { $0 != "?" }
        guard path.hasPrefix(SimulatorServer.basePath + "/") else { return "" }
        return String(path.dropFirst(SimulatorServer.basePath.count))
    }

    /// The reply to a body that was not read to its end.
    ///
    /// It asks to close the connection. Who goes on sending is read and not kept.
    private func tooLarge(_ request: WireRequest) -> Response {
        var answer = response(
            serverPilot.refuse(request, .bodyIsSmall, message: RequestReader.tooLarge), to: request.method)
        answer.headers[.connection] = "close"
        return answer
    }

    private func response(_ wire: WireResponse, to method: HTTPRequest.Method) -> Response {
        var headers = wire.headers
        headers[.contentLength] = String(wire.body.count)
        let body = method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: wire.body))
        return Response(status: wire.status, headers: headers, body: body)
    }
}

extension Channel {
    /// Whether the other end is on this machine.
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
