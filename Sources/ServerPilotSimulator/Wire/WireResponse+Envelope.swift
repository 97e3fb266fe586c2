internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

extension WireResponse {
    /// A success: `{"actionid": …, "data": …}`, the id only where work was queued.
    init(_ reply: Reply) {
        var document = JSONObject()
        if let actionID = reply.actionID { document["actionid"] = .string(actionID.rawValue) }
        document["data"] = reply.data
        self.init(
            status: .ok, headers: [.contentType: "application/json"], body: JSONValue.object(document).bytes)
    }

    /// A failure: `{"error": {"message": …}}`.
    init(status: Int, failure message: String, headers: HTTPFields = [:]) {
        var all: HTTPFields = [.contentType: "application/json"]
        all.append(contentsOf: headers)
        let document: JSONValue = ["error": ["message": .string(message)]]
        self.init(status: HTTPResponse.Status(code: status), headers: all, body: document.bytes)
    }

    /// What the API says of a refusal.
    init(_ refusal: Refusal) {
        var headers: HTTPFields = [:]
        if refusal.status == 401 { headers[.wwwAuthenticate] = "Basic realm=\"ServerPilot API\"" }
        // Part of every 405 (RFC 9110).
        if refusal.status == 405 { headers[.allow] = refusal.allowedMethods.joined(separator: ", ") }
        self.init(status: refusal.status, failure: refusal.message, headers: headers)
    }
}
