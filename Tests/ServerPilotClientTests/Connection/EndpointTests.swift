import ServerPilotClient
import Testing

@Suite struct EndpointTests {
    @Test(
        "a URL is split into its parts, and always printed the same way",
        arguments: [
            ("https://api.serverpilot.io/v1", "api.serverpilot.io", 443, "/v1", "https://api.serverpilot.io/v1"),
            ("https://api.serverpilot.io/v1///", "api.serverpilot.io", 443, "/v1", "https://api.serverpilot.io/v1"),
            ("HTTPS://API.Example:8443/a/b", "api.example", 8443, "/a/b", "https://api.example:8443/a/b"),
            ("https://gateway.example", "gateway.example", 443, "", "https://gateway.example"),
            ("http://127.0.0.1:8080/v1/", "127.0.0.1", 8080, "/v1", "http://127.0.0.1:8080/v1"),
            ("http://127.9.8.7/v1", "127.9.8.7", 80, "/v1", "http://127.9.8.7/v1"),
            ("http://LocalHost:80/v1", "localhost", 80, "/v1", "http://localhost/v1"),
            ("http://[::1]:9/v1", "::1", 9, "/v1", "http://[::1]:9/v1"),
            ("https://[2001:DB8::1]/v1", "2001:db8::1", 443, "/v1", "https://[2001:db8::1]/v1"),
        ])
    func parts(text: String, host: String, port: Int, path: String, description: String) throws {
        let endpoint = try Endpoint(text)
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
        #expect(endpoint.basePath == path)
        #expect(endpoint.description == description)
        #expect(try Endpoint(endpoint.description) == endpoint)
    }

    @Test(
        "plain HTTP works only to this machine",
        arguments: [
            "http://api.serverpilot.io/v1", "http://192.168.1.4/v1", "http://128.0.0.1/v1",
            "http://127.0.0.1.example/v1",
            "http://localhost.example/v1", "http://127.1/v1", "http://2130706433/v1", "http://0177.0.0.1/v1",
            "http://0.0.0.0/v1", "http://[::]/v1", "http://[::ffff:127.0.0.1]/v1", "http://[::2]/v1",
            "http://localhost./v1", "http://x_localhost/v1",
        ])
    func plainHTTP(text: String) {
        let error = #expect(throws: ClientConfigurationError.self) { try Endpoint(text) }
        #expect(error?.code == .plainHTTP)
    }

    @Test(
        "a malformed URL, or a URL with forbidden parts, is rejected without being quoted",
        arguments: [
            "", "https", "https://", "https:///v1", "api.serverpilot.io/v1", "ftp://x/v1", "unix://x/v1",
            "https+unix://x/v1",
            "https://hunter22@x/v1", "https://user:hunter22@x/v1", "https://x/v1?key=hunter22", "https://x/v1#hunter22",
            "https://x:0/v1", "https://x:65536/v1", "https://x:/v1", "https://x:+80/v1", "https://x:80:90/v1",
            "https://::1/v1", "https://[::1/v1", "https://[x]/v1", "https://[127.0.0.1]/v1", "https://[::1]x/v1",
            "https://[fe80::1%eth0]/v1", "https://x y/v1", "https://x/v 1", "https://x\r\nA: b/v1", "https://x/a//b",
            "https://x/../v1", "https://x/%76%31", "https://exämple/v1", "https://x\\@evil.example/v1",
            "https://api.serverpilot.io", "https://api.serverpilot.io/",
        ])
    func refused(text: String) {
        let error = #expect(throws: ClientConfigurationError.self) { try Endpoint(text) }
        #expect(error?.code == .invalidEndpoint)
        #expect(error?.message.contains("hunter22") == false)
    }

    @Test("a URL with a password is rejected with a hint")
    func userInfo() {
        let error = #expect(throws: ClientConfigurationError.self) { try Endpoint("https://user:hunter22@x/v1") }
        #expect(error?.message.contains("put the API key into the credentials") == true)
    }
}
