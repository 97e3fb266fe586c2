internal import Groundwork
internal import HTTPTypes
internal import ServerPilot

/// The answer to a request, and how it reaches the client.
struct SimulatedExchange: Sendable {
    /// The way in which a response reaches the client.
    enum Delivery: Hashable, Sendable {
        /// The complete response.
        case whole
        /// The body in small pieces over that time.
        case dripped(Duration)
        /// Only that many bytes of the announced body; then the connection closes.
        case cut(after: Int)
        /// Only the head; then the connection closes.
        case headOnly
        /// Nothing: the connection closes without a byte.
        case never
        /// A JSON document of that many bytes instead of the body.
        case padded(to: Int)
        /// Nothing: the connection stays open until the client gives up, at most for that time.
        case held(ticket: Int, patience: Duration)
    }

    let response: WireResponse
    var delay = Duration.zero
    var delivery = Delivery.whole

    /// Whether a fault changes the delivery.
    var isFaulty: Bool { delay > .zero || delivery != .whole }

    /// Creates an exchange that delivers the response at once and complete.
    init(_ response: WireResponse) {
        self.response = response
    }

    /// Creates an exchange that delivers a response as the ending demands.
    init(_ response: WireResponse, _ ending: CallFate.Ending) {
        switch ending {
        case .answered, .late: self.init(response)
        case .refused(let status, let retryAfter):
            self.init(.fault(status: status, retryAfter: retryAfter))
        case .unanswered: self.init(response, as: .never)
        case .headOnly: self.init(response, as: .headOnly)
        case .dripped(let duration): self.init(response, as: .dripped(duration))
        case .cut(let keep, .full):
            self.init(response, as: .cut(after: min(keep ?? response.body.count / 2, response.body.count)))
        case .cut(let keep, .short):
            var response = response
            response.body = Array(response.body.prefix(keep ?? response.body.count / 2))
            self.init(response)
        case .replaced(.huge(let bytes)): self.init(.wrong(.huge(bytes: bytes)), as: .padded(to: bytes))
        case .replaced(let body): self.init(.wrong(body))
        }
    }

    init(_ response: WireResponse, as delivery: Delivery) {
        self.response = response
        self.delivery = delivery
    }

    /// The beginning and the end of a padded body.
    static let paddingStart = Array(#"{"data":""#.utf8)
    static let paddingEnd = Array(#""}"#.utf8)
}

extension WireResponse {
    /// Returns a failure without a reason.
    fileprivate static func fault(status: Int, retryAfter: Duration?) -> WireResponse {
        let message = status == 429 ? "Too many requests." : "The request could not be completed."
        var headers: HTTPFields = [.contentType: "application/json"]
        if let retryAfter { headers[.retryAfter] = String(retryAfter.components.seconds) }
        let document: JSONValue = ["error": ["message": .string(message)]]
        return WireResponse(status: HTTPResponse.Status(code: status), headers: headers, body: document.bytes)
    }

    /// Returns a success with a wrong body.
    fileprivate static func wrong(_ body: Fault.Body) -> WireResponse {
        switch body {
        case .html:
            let page = "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body>It works.</body></html>\n"
            return WireResponse(status: .ok, headers: [.contentType: "text/html"], body: Array(page.utf8))
        case .shape:
            let document: JSONValue = ["result": [["status": "done"]]]
            return WireResponse(status: .ok, headers: [.contentType: "application/json"], body: document.bytes)
        case .huge:
            return WireResponse(status: .ok, headers: [.contentType: "application/json"])
        }
    }
}
