public import Groundwork
internal import HTTPTypes

extension Transport {
    /// Asks the question once, then sends: correct for a transport that sends at once and only once.
    ///
    /// - Throws: as `send(_:)`, and the errors of `question`.
    public func send(
        _ request: WireRequest, asking question: SendQuestion
    ) async throws(ServerPilotError) -> WireResponse {
        try await question()
        return try await send(request)
    }

    /// Makes one call: checks the arguments, sends the request, reads the response.
    ///
    /// - Parameters:
    ///   - operation: an element of `Operation.all`.
    ///   - arguments: the arguments of path and body together, by wire name.
    /// - Returns: the reply.
    /// - Throws: `ServerPilotError`: `invalidArguments`, with all problems, before anything is sent; the failure of the
    ///   transport; the API's refusal, by its status; `unreadableReply`.
    public func call(_ operation: Operation, _ arguments: JSONObject) async throws(ServerPilotError) -> Reply {
        try await exchange(operation, arguments)
    }

    /// Makes one call, and asks the question before each attempt to send its request.
    ///
    /// - Throws: `ServerPilotError`, as `call(_:_:)`, and the errors of `question`.
    public func call(
        _ operation: Operation, _ arguments: JSONObject, asking question: SendQuestion
    ) async throws(ServerPilotError) -> Reply {
        try await exchange(operation, arguments) { request throws(ServerPilotError) in
            try await send(request, asking: question)
        }
    }

    /// Makes one call through request and response bytes.
    package func exchange(
        _ operation: Operation, _ arguments: JSONObject
    ) async throws(ServerPilotError) -> Reply {
        try await exchange(operation, arguments) { request throws(ServerPilotError) in try await send(request) }
    }

    private func exchange(
        _ operation: Operation, _ arguments: JSONObject,
        by send: (WireRequest) async throws(ServerPilotError) -> WireResponse
    ) async throws(ServerPilotError) -> Reply {
        let request = try operation.request(arguments)
        let redactor = Redactor(secrets: operation.secrets(in: arguments))
        let response: WireResponse
        do throws(ServerPilotError) {
            response = try await send(request)
        } catch {
            throw error.of(operation.name, redactor: redactor)
        }
        let reply = try operation.reply(from: response, redactor: redactor)
        try operation.expectSubject(of: reply, arguments, status: response.status.code)
        return reply
    }
}
