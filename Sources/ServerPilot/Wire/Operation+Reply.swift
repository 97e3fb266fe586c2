public import Groundwork
internal import OrderedCollections
internal import HTTPTypes

extension Operation {
    /// Reads the response to a call.
    ///
    /// - Throws: `ServerPilotError`. For a status other than 2xx it has the API's own message. For a successful status
    ///   with a body that the API does not document, the code is `unreadableReply` and the delivery `ambiguous`.
    public func reply(from response: WireResponse, redactor: Redactor = Redactor()) throws(ServerPilotError) -> Reply {
        let status = response.status.code
        guard (200..<300).contains(status) else { throw failure(from: response, redactor: redactor) }
        let document: JSONValue
        do throws(JSONFailure) {
            document = try JSONValue(bytes: response.body, listNamed: "data")
        } catch {
            throw unreadable("the reply is not valid JSON: \(error)", status: status)
        }
        guard case .object(let members) = document, let data = members["data"] else {
            throw unreadable("the reply has no 'data'", status: status)
        }
        try check(data, status: status)
        switch members["actionid"] {
        case nil, .null?: return Reply(data: data)
        case .string(let id)?: return Reply(data: data, actionID: ActionID(id))
        default: throw unreadable("the reply's 'actionid' is not a string", status: status)
        }
    }

    /// Checks the type of `data` and its `id`s, on which other code depends; all other members may be missing.
    private func check(_ data: JSONValue, status: Int) throws(ServerPilotError) {
        switch (result, data) {
        case (.nothing, _): return
        case (.object(let shape), .object):
            guard shape.fields.first?.name != "id" || data["id"]?.stringValue != nil else {
                throw unreadable("the \(kind.spokenName) in the reply has no 'id'", status: status)
            }
        case (.list(let shape), .array(let elements)):
            let ids = elements.text?.strings(named: "id") ?? elements.count { $0["id"]?.stringValue != nil }
            guard ids == elements.count else {
                throw unreadable("a \(shape.name) in the list has no 'id'", status: status)
            }
        case (.object, _): throw unreadable("the reply's 'data' is not an object", status: status)
        case (.list, _): throw unreadable("the reply's 'data' is not an array", status: status)
        }
    }

    /// Refuses a response if its resource is not the resource in the request's path.
    ///
    /// A proxy's cache or mixed-up connections can cause such a response. Without this check, a caller could take the
    /// end of another action for the end of its own.
    ///
    /// - Throws: `ServerPilotError` with the code `unreadableReply` and the delivery `ambiguous`.
    func expectSubject(of reply: Reply, _ arguments: JSONObject, status: Int) throws(ServerPilotError) {
        guard case .object(let shape) = result, let wanted = arguments["id"]?.stringValue,
            shape.fields.first?.type == .identifier(kind), let answered = reply.data["id"]?.stringValue,
            answered != wanted
        else { return }
        throw unreadable(
            "the request named the \(kind.spokenName) \(wanted), but the reply contains \(answered)", status: status
        )
    }

    private func unreadable(_ message: String, status: Int) -> ServerPilotError {
        ServerPilotError(
            code: .unreadableReply, message: message, status: status, operation: name, delivery: .ambiguous)
    }

    private func failure(from response: WireResponse, redactor: Redactor) -> ServerPilotError {
        let status = response.status.code
        let code = ServerPilotError.Code.of(status: status)
        return ServerPilotError(
            code: code, message: Self.message(from: response, redactor: redactor), status: status, operation: name,
            delivery: .of(status: status), retryAfter: response.retryAfter)
    }

    /// Returns the API's message, redacted and on one line, or the status if the body has no readable message.
    private static func message(from response: WireResponse, redactor: Redactor) -> String {
        let status = "HTTP \(response.status.code)"
        guard let document = try? JSONValue(bytes: response.body),
            let text = document["error"]?["message"]?.stringValue, !text.isEmpty
        else { return status }
        // Seen live: the API repeats the whole body of the request after these words, whatever it holds.
        let echo = "Invalid JSON request:"
        if text.hasPrefix(echo) { return "Invalid JSON request (\(status))" }
        let line = redactor.redact(text).split(whereSeparator: \.isNewline).joined(separator: " ")
        // A longer message is not cut: it could show a part of a secret that only the caller knows.
        return line.utf8.count > longestMessage
            ? "a message of \(line.utf8.count) bytes (\(status))" : "\(line) (\(status))"
    }

    /// The maximum length of a message, in bytes; every documented message is much shorter.
    private static let longestMessage = 2000

    /// Returns the data of a response without the hidden values, which even recipes may not see.
    ///
    /// Each hidden value is replaced with `Redactor.replacement`.
    public func withoutHidden(_ data: JSONValue) -> JSONValue {
        // Lists are long, and most fields have nothing to hide.
        let closed = resultFields.closed
        guard !closed.isEmpty else { return data }
        guard case .list = result, case .array(let elements) = data else { return closed.hidingHidden(in: data) }
        return closing(elements, closed).isEmpty ? data : .array(elements.map(closed.hidingHidden))
    }

    /// Returns the secret values in the data of a response, for a `Redactor`.
    public func secrets(inReply data: JSONValue) -> [String] {
        let closed = resultFields.closed
        guard !closed.isEmpty else { return [] }
        guard case .list = result, case .array(let elements) = data else { return closed.secrets(in: data) }
        return closing(elements, closed).flatMap { closed.secrets(in: elements[$0]) }
    }

    /// Returns the positions of the elements that have a value in one of these fields.
    private func closing(_ elements: JSONArray, _ fields: [Field]) -> [Int] {
        let names = fields.map(\.name).filter { elements.text?.hasValue(named: $0) ?? true }
        guard !names.isEmpty else { return [] }
        return elements.indices.filter { position in
            names.contains { elements.member($0, at: position).map { $0 != .null } ?? false }
        }
    }

    private var resultFields: [Field] {
        switch result {
        case .nothing: []
        case .object(let shape), .list(let shape): shape.fields
        }
    }
}
