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
    init(_ refusal: Refusal) {
        var headers: HTTPFields = [.contentType: "application/json"]
        if refusal.status == 401 { headers[.wwwAuthenticate] = "Basic realm=\"ServerPilot API\"" }
        // Part of every 405 (RFC 9110).
        if refusal.status == 405 { headers[.allow] = refusal.allowedMethods.joined(separator: ", ") }
        let document: JSONValue = ["error": ["message": .string(refusal.message)]]
        self.init(status: HTTPResponse.Status(code: refusal.status), headers: headers, body: document.bytes)
    }
}
