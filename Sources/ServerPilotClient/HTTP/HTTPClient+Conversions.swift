internal import AsyncHTTPClient
internal import Groundwork
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import ServerPilot

extension TimeAmount {
    /// Converts a duration to NIO's nanoseconds; a duration beyond their range becomes the longest.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        self = overflows ? .nanoseconds(.max / 4) : .nanoseconds(min(whole, .max / 4) + attoseconds / 1_000_000_000)
    }
}

extension HTTPHeaders {
    /// Returns the fields, with the time of receipt as `Date` if the server sent no readable `Date`.
    ///
    /// RFC 9110, section 6.6.1, asks for it. With it, a `Retry-After` that is a date can be converted to a wait.
    func dated(_ now: Timestamp) -> HTTPHeaders {
        guard first(name: "date").flatMap({ HTTPDate.parse($0) }) == nil else { return self }
        var headers = self
        headers.replaceOrAdd(name: "date", value: HTTPDate.text(now))
        return headers
    }
}

extension HTTPFields {
    /// Converts the fields of a response, except those with names that HTTP does not allow.
    init(_ headers: HTTPHeaders) {
        self.init()
        reserveCapacity(headers.count)
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
        }
    }
}

extension HTTPClient.Configuration.Proxy {
    /// Converts a proxy for AsyncHTTPClient.
    init(_ proxy: ProxyServer) {
        switch proxy.kind {
        case .http:
            self = .server(
                host: proxy.host, port: proxy.port,
                authorization: proxy.login.map { .basic(username: $0.user, password: $0.password.reveal()) })
        case .socks5: self = .socksServer(host: proxy.host, port: proxy.port)
        }
    }
}
