internal import AsyncHTTPClient
internal import Groundwork
internal import NIOCore
internal import NIOHTTP1
internal import ServerPilot

/// One request to one address, on its own connection: an idle connection could close during sending.
struct WebExchange {
    let request: WebRequest
    let route: WebRoute
    /// The address to connect to; `nil` for the host as it is written.
    let address: IPAddress?
    let deadline: NIODeadline
    let limits: HTTPLimits
    let userAgent: String

    /// Sends the request and returns the response.
    func reply() async throws(WebFailure) -> WebReply {
        let tap = RequestTap()
        let number = tap.begin()
        let client = HTTPClient(
            eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration(tap))
        let outcome: Result<WebReply, any Error>
        do {
            try Task.checkCancellation()
            let reply = try await exchange(client, number)
            tap.succeeded(number)
            outcome = .success(reply)
        } catch {
            outcome = .failure(Task.isCancelled ? CancellationError() : error)
        }
        let wasWritten = if case .failure = outcome { tap.failed(number) } else { true }
        // It fails only if it was called before.
        try? await client.shutdown()
        switch outcome {
        case .success(let reply): return reply
        case .failure(let error): throw failure(error, wasWritten: wasWritten)
        }
    }

    private func exchange(_ client: HTTPClient, _ number: UInt64) async throws -> WebReply {
        var message = HTTPClientRequest(url: request.address.description)
        message.method = HTTPMethod(rawValue: request.method)
        for field in request.fields { message.headers.add(name: field.name, value: field.value) }
        if !message.headers.contains(name: "accept") { message.headers.add(name: "accept", value: "*/*") }
        if !message.headers.contains(name: "user-agent") { message.headers.add(name: "user-agent", value: userAgent) }
        message.headers.replaceOrAdd(name: RequestTap.fieldName, value: String(number))
        if !request.body.isEmpty {
            message.body = .bytes(ByteBuffer(bytes: request.body))
        } else if ["POST", "PUT", "PATCH"].contains(request.method) {
            message.body = .bytes(ByteBuffer())
        }
        let response = try await client.execute(message, deadline: deadline)
        return WebReply(
            status: Int(response.status.code),
            fields: response.headers.dated(SystemClock().now).compactMap { name, value in WebField(name, value) },
            body: try await body(of: response))
    }

    /// Reads the body in pieces, so that a body that is too large costs no more memory than the limit.
    private func body(of response: HTTPClientResponse) async throws -> [UInt8] {
        let announced = response.headers.first(name: "content-length").flatMap(Int.init)
        guard request.method == "HEAD" || announced ?? 0 <= limits.webReplyBytes else {
            throw FailureReading.ReplyTooLarge()
        }
        let (limit, deadline) = (limits.webReplyBytes, deadline)
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await Self.bytes(of: response.body, limit) }
            // The client checks its own timeout only when a piece arrives, so a slow trickle could exceed it.
            group.addTask {
                let left: TimeAmount = deadline - NIODeadline.now()
                try await Task.sleep(for: Duration.nanoseconds(max(left.nanoseconds, 0)), clock: .continuous)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private static func bytes(of pieces: HTTPClientResponse.Body, _ limit: Int) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await piece in pieces {
            guard piece.readableBytes <= limit - body.count else { throw FailureReading.ReplyTooLarge() }
            body.append(contentsOf: piece.readableBytesView)
        }
        try Task.checkCancellation()
        return body
    }

    private func configuration(_ tap: RequestTap) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: route.trust.configuration, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(limits.connecting), read: TimeAmount(request.timeout)),
            decompression: .disabled)
        configuration.proxy = route.proxy.map(HTTPClient.Configuration.Proxy.init)
        configuration.httpVersion = .http1Only
        if let address { configuration.dnsOverride = [request.address.host: address.description] }
        configuration.connectionPool.retryConnectionEstablishment = false
        let name = request.address.isSecure ? CertificateName(host: request.address.host) : nil
        configuration.http1_1ConnectionDebugInitializer = { channel in
            guard let name else { return tap.install(on: channel) }
            return name.check(channel).flatMap { tap.install(on: channel) }
        }
        return configuration
    }

    // MARK: Failures

    private func failure(_ error: any Error, wasWritten: Bool) -> WebFailure {
        var limits = limits
        limits.replyBytes = limits.webReplyBytes
        limits.exchange = request.timeout
        limits.silence = request.timeout
        let reading = FailureReading(
            endpoint: route.endpoint, proxy: route.proxy, trustStore: route.trust, limits: limits,
            setting: "the address of the request")
        if !wasWritten, error as? HTTPClientError == .deadlineExceeded {
            return WebFailure(
                .timedOut, "no connection to \(route.endpoint.authority) within \(request.timeout.shortText)",
                delivery: .notSent)
        }
        let failure = reading.failure(from: error, wasWritten: wasWritten)
        let code: WebFailure.Code =
            switch failure.code {
            case .cancelled: .cancelled
            case .timedOut: .timedOut
            case .replyTooLarge: .replyTooLarge
            case .unreadableReply: .unreadableReply
            case .notConnected: .notConnected
            default: .connectionLost
            }
        return WebFailure(
            code, failure.message, delivery: failure.delivery,
            isPermanent: failure.connectionFailure?.isPermanent ?? false)
    }
}
