internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

extension WireResponse {
    /// A success: `{"actionid": …, "data": …}`, the id only where work was queued.
    ///
    /// The members are in the order of the document's examples unless the rules want another.
    init(_ reply: Reply, by rules: RuleChoices) {
        var members = JSONObject()
        if let actionID = reply.actionID { members["actionid"] = .string(actionID.rawValue) }
        members["data"] = reply.data
        let document = JSONValue.object(members)
        self.init(
            status: .ok, headers: [.contentType: "application/json"],
            body: (rules.keeps(.memberOrder) ? document : document.shuffled()).bytes)
    }

    /// A failure: `{"error": {"message": …}}`.
    init(status: Int, failure message: String, headers: HTTPFields = [:]) {
        var all: HTTPFields = [.contentType: "application/json"]
        all.append(contentsOf: headers)
        let document: JSONValue = ["error": ["message": .string(message)]]
        self.init(status: HTTPResponse.Status(code: status), headers: all, body: document.bytes)
    }

    /// The answer to `OPTIONS`, which has no body.
    init(allowing methods: [String]) {
        self.init(status: .ok, headers: [.allow: methods.joined(separator: ", ")])
    }

    /// What the API says of a refusal.
    init(_ refusal: Refusal) {
        var headers: HTTPFields = [:]
        headers[.wwwAuthenticate] = refusal.challenge
        // Part of every 405 (RFC 9110).
        if refusal.status == 405 { headers[.allow] = refusal.allowedMethods.joined(separator: ", ") }
        self.init(status: refusal.status, failure: refusal.message, headers: headers)
    }
}
