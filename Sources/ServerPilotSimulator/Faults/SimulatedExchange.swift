internal import HTTPTypes
internal import ServerPilot

/// The answer to a request, and how it reaches the client.
struct SimulatedExchange: Sendable {
    /// How a response travels.
    enum Delivery: Hashable, Sendable {
        /// As it is.
        case whole
        /// The body in small pieces over that time.
        case dripped(Duration)
        /// Only so many bytes of the body that the head announces; then the connection ends.
        case cut(after: Int)
        /// The head; then the connection ends.
        case headOnly
        /// Not at all: the connection ends without a byte.
        case never
        /// Instead of the body, a JSON document of so many bytes.
        case padded(to: Int)
        /// Not at all, and the connection stays: until the client has given up, at most for that time.
        case held(ticket: Int, patience: Duration)
    }

    let response: WireResponse
    var delay = Duration.zero
    var delivery = Delivery.whole

    /// Whether a fault changes how it travels.
    var isFaulty: Bool { delay > .zero || delivery != .whole }

    /// The response, at once and as it is.
    init(_ response: WireResponse) {
        self.response = response
    }

    /// What the fate makes of a response.
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

    /// What a padded body begins and ends with.
    static let paddingStart = Array(#"{"data":""#.utf8)
    static let paddingEnd = Array(#""}"#.utf8)
}

extension WireResponse {
    /// A failure that has no reason.
    fileprivate static func fault(status: Int, retryAfter: Duration?) -> WireResponse {
        let message = status == 429 ? "Too many requests." : "The request could not be completed."
        var headers: HTTPFields = [.contentType: "application/json"]
        if let retryAfter { headers[.retryAfter] = String(retryAfter.components.seconds) }
        let document: JSONValue = ["error": ["message": .string(message)]]
        return WireResponse(status: HTTPResponse.Status(code: status), headers: headers, body: document.bytes)
    }

    /// A success that is none.
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
