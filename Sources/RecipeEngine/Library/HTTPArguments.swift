internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// The arguments of a request to another API.
struct HTTPArguments: Sendable {
    private(set) var method = "GET"
    private(set) var address: WebAddress
    private(set) var fields: [WebField] = []
    private(set) var body: [UInt8] = []
    private(set) var timeout: Duration
    private(set) var ok: Set<Int> = []
    private(set) var planned: WebReply?
    private(set) var isRead: Bool
    private(set) var recovery: Recovery
    /// The function that looks for the result of the request after a lost reply; `nil` without one.
    private(set) var find: LuaFunction?

    static let documentation =
        "method, url, headers, json, body or form, timeout, ok (other accepted statuses), reads, lost = \"raise\", "
        + "find (a function), idempotency_key, idempotency_header, planned = { status, json, body, headers }."

    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    /// Header fields about the transport of a message, which recipes must not set.
    private static let reserved: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect", "keep-alive",
        "proxy-authorization", "proxy-connection",
    ]

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - reader: the reader of its members.
    ///   - limits: the limits of the run.
    /// - Throws: `LuaArgumentError`.
    init(_ reader: FieldReader, _ limits: RunLimits) throws(LuaArgumentError) {
        try reader.expect(CallOption.request.names)
        method = try reader.text("method")?.uppercased() ?? method
        guard Self.methods.contains(method) else {
            throw reader.invalid("method must be one of \(Self.methods.joined(separator: ", "))")
        }
        guard let url = try reader.text("url") else { throw reader.invalid("url is missing") }
        do throws(WebAddress.Fault) {
            address = try WebAddress(url)
        } catch {
            throw reader.invalid("url: \(error.message)")
        }
        isRead = try reader.flag("reads") ?? ["GET", "HEAD", "OPTIONS"].contains(method)
        timeout = try reader.duration("timeout", atMost: limits.longestWebTime) ?? limits.webTime
        ok = try reader.statuses("ok")
        recovery = .askPerson
        fields = try reader.headers(refusing: Self.reserved)
        for field in fields where Self.isSensitive(field.name) && field.value.contains(Redactor.replacement) {
            throw reader.invalid(
                "the header \(field.name) contains the placeholder \(Redactor.replacement); pass the secret itself")
        }
        try readBody(reader, limits)
        try readRecovery(reader)
        planned = try reader.planned()
    }

    private mutating func readBody(_ reader: FieldReader, _ limits: RunLimits) throws(LuaArgumentError) {
        let given = ["json", "body", "form"].filter { reader[$0] != nil }
        guard given.count <= 1 else { throw reader.invalid("pass only one of json, body and form") }
        guard !given.isEmpty else { return }
        guard !["GET", "HEAD"].contains(method) else { throw reader.invalid("a \(method) request has no body") }
        var type = "application/json"
        if let json = try reader.json("json") {
            body = json.bytes
        } else if let text = try reader.text("body") {
            (body, type) = (Array(text.utf8), "text/plain; charset=utf-8")
        } else if let form = try reader.form() {
            (body, type) = (Array(form.utf8), "application/x-www-form-urlencoded")
        }
        guard body.count <= limits.webRequestBytes else {
            throw reader.invalid("the body has more than \(limits.webRequestBytes >> 20) MiB")
        }
        if !fields.contains(where: { $0.name == "content-type" }), let field = WebField("content-type", type) {
            fields.append(field)
        }
    }

    private mutating func readRecovery(_ reader: FieldReader) throws(LuaArgumentError) {
        let key = try reader.text("idempotency_key")
        let name = try reader.text("idempotency_header")
        guard name == nil || key != nil else { throw reader.invalid("idempotency_header requires idempotency_key") }
        if let key {
            guard key.utf8.count <= FieldReader.longestHeader else {
                throw reader.invalid("idempotency_key has more than \(FieldReader.longestHeader >> 10) KiB")
            }
            guard let field = WebField(name ?? "Idempotency-Key", key), !key.isEmpty else {
                throw reader.invalid("idempotency_key is not valid in a header")
            }
            fields.append(field)
        }
        let lost = try reader.text("lost")
        guard lost == nil || lost == "raise" else {
            throw reader.invalid(
                "lost must be \"raise\", which raises the error lost_answer; without it, the run stops for a decision")
        }
        if let value = reader["find"] {
            guard case .function(let function) = value else { throw reader.invalid("find must be a function") }
            guard !isRead else {
                throw reader.invalid(
                    "find is only for changes; sprun repeats a \(method) request anyway")
            }
            guard key == nil, lost == nil else {
                throw reader.invalid("pass only one of find, idempotency_key and lost")
            }
            find = function
            // The author's function decides whether the result is there, so a request is repeated if it is not.
            recovery = .lookup(Lookup(isUnique: true))
        } else if key != nil || (lost == nil && ["PUT", "DELETE"].contains(method)) {
            recovery = .repeatable
        } else if lost != nil {
            recovery = .raised
        }
    }

    /// The values that identify the request on replay.
    var identity: JSONObject {
        [
            "method": .string(method), "url": .string(address.description),
            "headers": .array(fields.map { .array([.string($0.name), .string($0.value)]) }),
            "body": .string(String(decoding: body, as: UTF8.self)),
        ]
    }

    /// The names of header fields that contain secrets, judged by these names.
    var sensitive: Set<String> { Set(fields.map(\.name).filter(Self.isSensitive)) }

    private static func isSensitive(_ name: String) -> Bool {
        guard !name.contains("idempotency") else { return false }
        return name == "cookie"
            || ["authorization", "token", "key", "secret", "password"].contains { name.contains($0) }
    }

    /// The values of the sensitive fields, also without a word before them, as in `Bearer …`.
    var secrets: [String] {
        fields.filter { Self.isSensitive($0.name) }.flatMap { field -> [String] in
            let word = field.value.split(separator: " ", maxSplits: 1).last.map(String.init)
            return [word, field.value].compactMap(\.self)
        }
    }
}
