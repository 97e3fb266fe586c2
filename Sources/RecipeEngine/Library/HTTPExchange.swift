internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// A request of the module `http`: it is sent, or answered with the declared reply, and its status is checked.
struct HTTPExchange: Sendable {
    /// The function in errors, such as `http.post`.
    let name: String
    /// The address, without secrets.
    let object: String
    let arguments: HTTPArguments
    let session: RunSession
    let client: (any WebClient)?
    let grants: WebGrants

    /// The maximum number of characters of a body that an error quotes.
    private static let quoted = 300

    /// Sends a request that changes nothing; repeats it if no reply arrives, since reads are safe to repeat.
    func read() async throws(RecipeError) -> JSONValue {
        try await session.repeated { error in
            error.delivery == .ambiguous && error.status == nil && error.code != StepFailure.cancelled ? .zero : nil
        } read: { () throws(RecipeError) in
            try judged(try await reply())
        }
    }

    /// Sends a change, once.
    func change(_ attempt: ChangeAttempt) async throws(RecipeError) -> JSONValue {
        let reply = try await reply(attempt.permit)
        // A resource that an earlier try deleted is missing now.
        let isDone = attempt.isRecovery && arguments.method == "DELETE" && [404, 410].contains(reply.status)
        return isDone ? Self.document(of: reply) : try judged(reply)
    }

    private func reply(_ permit: SendPermit? = nil) async throws(RecipeError) -> WebReply {
        guard !session.isDeclared else {
            guard let planned = arguments.planned else {
                throw failure(
                    RecipeError.httpUndeclared,
                    "a plan or simulation sends no HTTP requests, and the call declares no planned reply",
                    hint: "declare the expected reply: planned = { status = 200, json = { … } }", delivery: .notSent)
            }
            return planned
        }
        guard let client else {
            throw failure(RecipeError.httpRefused, "HTTP requests are not available here", delivery: .notSent)
        }
        RunningCall.current?.waits(for: "\(name) \(object)", limit: session.time.steady + arguments.timeout)
        let request = WebRequest(
            method: arguments.method, address: arguments.address, fields: arguments.fields,
            sensitive: arguments.sensitive, body: arguments.body, timeout: arguments.timeout, grants: grants,
            isRepeatable: arguments.isRead || arguments.recovery == .repeatable)
        do throws(WebFailure) {
            return try await client.send(request) { () throws(WebFailure) in
                do throws(StepStop) { try await permit?.check() } catch {
                    throw WebFailure(.cancelled, RunStop(error).message, delivery: .notSent)
                }
            }
        } catch {
            throw failure(
                error.code.rawValue, error.message, hint: error.hint ?? Self.hint(for: error),
                delivery: error.delivery)
        }
    }

    private static func hint(for failure: WebFailure) -> String? {
        switch failure.code {
        case .timedOut: "pass a longer timeout: timeout = \"2m\""
        case .notConnected where !failure.isPermanent: "try again later, or check the address"
        default: nil
        }
    }

    /// Returns the reply if its status is accepted.
    private func judged(_ reply: WebReply) throws(RecipeError) -> JSONValue {
        guard (200..<300).contains(reply.status) || arguments.ok.contains(reply.status) else {
            let quote = quote(reply.body)
            throw failure(
                RecipeError.httpStatus, "HTTP \(reply.status)\(quote.isEmpty ? "" : ": \(quote)")",
                status: reply.status, hint: Self.hint(for: reply.status), delivery: Self.delivery(of: reply.status))
        }
        return Self.document(of: reply)
    }

    /// Returns the beginning of a body on one line; empty if it is not text.
    private func quote(_ body: [UInt8]) -> String {
        guard let text = String(validating: body, as: UTF8.self) else { return "" }
        // Redacted first: a secret that is cut, or whose white space is joined, would not be found any more.
        let start = String(session.redactor.redact(text).unicodeScalars.prefix(Self.quoted * 4))
        let line = start.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > Self.quoted ? "\(line.prefix(Self.quoted))…" : line
    }

    private static func hint(for status: Int) -> String? {
        switch status {
        case 401, 403: "check the credentials and their permissions"
        case 429: "too many requests, even after retries: try again later"
        default: nil
        }
    }

    /// Returns whether a change was made, as far as the status shows.
    private static func delivery(of status: Int) -> Delivery {
        switch status {
        case 429: .throttled
        case 408: .ambiguous
        // The server does not support such a request at all.
        case 501, 505: .rejected
        case 500...: .ambiguous
        default: .rejected
        }
    }

    private func failure(
        _ code: String, _ message: String, status: Int? = nil, hint: String? = nil, delivery: Delivery
    ) -> RecipeError {
        RecipeError(
            code: code, message: "\(name) \(object): \(message)", status: status, operation: name, object: object,
            hint: hint, token: "http", delivery: delivery
        ).redacted(by: session.redactor)
    }

    // MARK: Replies

    /// Returns a value that `find` found in the form of a recorded reply.
    static func document(of found: JSONValue) -> JSONValue {
        ["status": 200, "headers": ["content-type": "application/json"], "body": .string(found.text())]
    }

    /// Returns a reply as recorded; a body that is not text is left out.
    private static func document(of reply: WebReply) -> JSONValue {
        var headers = JSONObject()
        for field in reply.fields {
            let known = headers[field.name]?.stringValue
            headers[field.name] = .string(known.map { "\($0), \(field.value)" } ?? field.value)
        }
        var document: JSONObject = ["status": .integer(Int64(reply.status)), "headers": .object(headers)]
        if let body = String(validating: reply.body, as: UTF8.self) { document["body"] = .string(body) }
        return .object(document)
    }

    /// Returns a reply as a recipe sees it.
    static func luaValue(of document: JSONValue) -> LuaValue {
        var table: LuaTable = ["status": .integer(document["status"]?.integerValue ?? 0)]
        table["headers"] = LuaValue(document["headers"] ?? .object([:]))
        guard let body = document["body"]?.stringValue else { return .table(table) }
        table["body"] = .string(body)
        let type = document["headers"]?["content-type"]?.stringValue?.lowercased() ?? ""
        if type.contains("json"), let json = try? JSONValue(bytes: Array(body.utf8)) { table["json"] = LuaValue(json) }
        return .table(table)
    }
}
