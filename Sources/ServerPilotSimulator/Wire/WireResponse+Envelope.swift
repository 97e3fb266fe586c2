internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

extension WireResponse {
    /// Creates a success: `{"actionid": …, "data": …}`, the id only if work was queued.
    ///
    /// The members have the order of the document's examples unless the rules select another.
    init(_ reply: Reply, by rules: RuleChoices) {
        var members = JSONObject()
        if let actionID = reply.actionID { members["actionid"] = .string(actionID.rawValue) }
        members["data"] = reply.data
        let document = JSONValue.object(members)
        self.init(
            status: .ok, headers: [.contentType: "application/json"],
            body: (rules.keeps(.memberOrder) ? document : document.shuffled()).bytes)
    }

    /// Creates a failure: `{"error": {"message": …}}`.
    init(status: Int, failure message: String, headers: HTTPFields = [:]) {
        var all: HTTPFields = [.contentType: "application/json"]
        all.append(contentsOf: headers)
        let document: JSONValue = ["error": ["message": .string(message)]]
        self.init(status: HTTPResponse.Status(code: status), headers: all, body: document.bytes)
    }

    /// Creates the reply to `OPTIONS`, which has no body.
    init(allowing methods: [String]) {
        self.init(status: .ok, headers: [.allow: methods.joined(separator: ", ")])
    }

    /// Creates the reply to a refused request.
    init(_ refusal: Refusal) {
        var headers: HTTPFields = [:]
        headers[.wwwAuthenticate] = refusal.challenge
        // Every 405 has this field (RFC 9110).
        if refusal.status == 405 { headers[.allow] = refusal.allowedMethods.joined(separator: ", ") }
        self.init(status: refusal.status, failure: refusal.message, headers: headers)
    }
}
