extension Transport {
    /// Makes one call: checks the arguments, sends, reads the reply.
    public func call(_ operation: Operation, _ arguments: JSONObject) async throws(ServerPilotError) -> Reply {
        try await exchange(operation, arguments)
    }

    /// A call by its bytes.
    package func exchange(
        _ operation: Operation, _ arguments: JSONObject
    ) async throws(ServerPilotError) -> Reply {
        let request = try operation.request(arguments)
        let redactor = Redactor(secrets: operation.secrets(in: arguments))
        let response: WireResponse
        do throws(ServerPilotError) {
            response = try await send(request)
        } catch {
            throw error.of(operation.name, redactor: redactor)
        }
        return try operation.reply(from: response, redactor: redactor)
    }
}
