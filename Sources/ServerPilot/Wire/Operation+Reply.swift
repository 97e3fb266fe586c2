internal import OrderedCollections
internal import HTTPTypes

extension Operation {
    /// Reads the response to a call.
    ///
    /// - Throws: `ServerPilotError`: for a status of 300 or more, with the API's own message; for a successful status
    ///   whose body is not what the API documents, as `unreadableReply`, which is ambiguous for whatever changes.
    public func reply(from response: WireResponse, redactor: Redactor = Redactor()) throws(ServerPilotError) -> Reply {
        let status = response.status.code
        guard (200..<300).contains(status) else { throw failure(from: response, redactor: redactor) }
        let document: JSONValue
        do throws(JSONFailure) {
            document = try JSONValue(bytes: response.body)
        } catch {
            throw unreadable("the reply is not whole JSON: \(error)", status: status)
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

    /// The members that everything else stands on must be there, with their types; all others may be missing.
    private func check(_ data: JSONValue, status: Int) throws(ServerPilotError) {
        switch (result, data) {
        case (.nothing, _): return
        case (.object(let shape), .object):
            guard shape.fields.first?.name != "id" || data["id"]?.stringValue != nil else {
                throw unreadable("the \(kind.spokenName) in the reply has no 'id'", status: status)
            }
        case (.list(let shape), .array(let elements)):
            guard elements.allSatisfy({ $0["id"]?.stringValue != nil }) else {
                throw unreadable("one \(shape.name) in the list has no 'id'", status: status)
            }
        case (.object, _): throw unreadable("the reply's 'data' is no object", status: status)
        case (.list, _): throw unreadable("the reply's 'data' is no array", status: status)
        }
    }

    /// Refuses a reply about another resource than the one that the request's path named: a proxy's cache or a mix-up of
    /// connections gives such, and whoever believed it would take another action's end for that of its own.
    ///
    /// - Throws: `ServerPilotError`: `unreadableReply`, which is ambiguous for whatever changes.
    func expectSubject(of reply: Reply, _ arguments: JSONObject, status: Int) throws(ServerPilotError) {
        guard case .object(let shape) = result, let wanted = arguments["id"]?.stringValue,
            shape.fields.first?.type == .identifier(kind), let answered = reply.data["id"]?.stringValue,
            answered != wanted
        else { return }
        throw unreadable(
            "the request was about the \(kind.spokenName) \(wanted), and the reply is about \(answered)", status: status
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

    /// The API's own words, redacted and on one line, or the status where it said nothing that can be read.
    private static func message(from response: WireResponse, redactor: Redactor) -> String {
        let status = "HTTP \(response.status.code)"
        guard let document = try? JSONValue(bytes: response.body),
            let text = document["error"]?["message"]?.stringValue, !text.isEmpty
        else { return status }
        // Seen live: the whole body of the request comes back behind these words, whatever it held.
        let echo = "Invalid JSON request:"
        if text.hasPrefix(echo) { return "Invalid JSON request (\(status))" }
        let line = redactor.redact(text).split(whereSeparator: \.isNewline).joined(separator: " ")
        return "\(line.prefix(longestMessage)) (\(status))"
    }

    /// Longer messages of the API are cut: nothing documented comes near.
    private static let longestMessage = 500

    /// The reply's data without what not even a recipe may see.
    public func withoutHidden(_ data: JSONValue) -> JSONValue {
        // Lists are long, and most fields hold nothing to hide.
        let closed = resultFields.closed
        guard !closed.isEmpty else { return data }
        guard case .list = result, case .array(let elements) = data else { return closed.hidingHidden(in: data) }
        return elements.contains(where: closed.isAny(in:)) ? .array(elements.map(closed.hidingHidden)) : data
    }

    /// The values in a reply's data that are secret, for a `Redactor`.
    public func secrets(inReply data: JSONValue) -> [String] {
        let closed = resultFields.closed
        guard !closed.isEmpty else { return [] }
        guard case .list = result, case .array(let elements) = data else { return closed.secrets(in: data) }
        return elements.flatMap(closed.secrets)
    }

    private var resultFields: [Field] {
        switch result {
        case .nothing: []
        case .object(let shape), .list(let shape): shape.fields
        }
    }
}
