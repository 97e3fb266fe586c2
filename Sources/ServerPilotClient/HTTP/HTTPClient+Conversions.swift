internal import AsyncHTTPClient
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import ServerPilot

extension TimeAmount {
    /// The same time for NIO, which counts nanoseconds; longer ones than it can count become the longest.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        self = overflows ? .nanoseconds(.max / 4) : .nanoseconds(min(whole, .max / 4) + attoseconds / 1_000_000_000)
    }
}

extension HTTPHeaders {
    /// The fields with the time of receipt as their `Date` where the server sent none that can be read (RFC 9110, section
    /// 6.6.1), so that a `Retry-After` with a date can be told as a wait.
    func dated(_ now: Timestamp) -> HTTPHeaders {
        guard first(name: "date").flatMap({ HTTPDate.parse($0) }) == nil else { return self }
        var headers = self
        headers.replaceOrAdd(name: "date", value: HTTPDate.text(now))
        return headers
    }
}

extension HTTPFields {
    /// The fields of a reply; those whose names HTTP does not allow are left out.
    init(_ headers: HTTPHeaders) {
        self.init()
        reserveCapacity(headers.count)
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
        }
    }
}

extension HTTPClient.Configuration.Proxy {
    /// The proxy for AsyncHTTPClient.
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
