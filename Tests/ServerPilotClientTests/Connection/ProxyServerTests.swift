import Groundwork
import ServerPilotClient
import Testing

@Suite struct ProxyServerTests {
    private func proxy(_ environment: [String: String], for address: String = "https://api.example/v1") throws
        -> ProxyServer?
    {
        try ProxyServer.proxy(for: Endpoint(address), environment: environment)
    }

    @Test("the more specific variable wins, then the lower-case variable; an empty variable does not count")
    func precedence() throws {
        var environment = ["ALL_PROXY": "d:4", "all_proxy": "c:3", "HTTPS_PROXY": "b:2", "https_proxy": "a:1"]
        for (variable, host) in [("https_proxy", "a"), ("HTTPS_PROXY", "b"), ("all_proxy", "c"), ("ALL_PROXY", "d")] {
            let proxy = try #require(try proxy(environment))
            #expect(proxy.host == host)
            #expect(proxy.variable == variable)
            environment[variable] = ""
        }
        #expect(try proxy(environment) == nil)
    }

    @Test("the variables for plain HTTP have no effect", arguments: ["http_proxy", "HTTP_PROXY"])
    func plain(variable: String) throws {
        #expect(try proxy([variable: "a:1"]) == nil)
        #expect(try proxy([variable: "a:1"], for: "http://127.0.0.1:8080/v1") == nil)
    }

    @Test(
        "requests to this machine never use a proxy",
        arguments: ["https://localhost/v1", "https://127.0.0.1/v1", "https://[::1]:8443/v1", "http://127.3.2.1/v1"])
    func loopback(address: String) throws {
        #expect(try proxy(["https_proxy": "a:1", "all_proxy": "a:1"], for: address) == nil)
    }

    @Test(
        "a proxy is read with and without scheme, login and port",
        arguments: [
            ("proxy.example:3128", "proxy.example", 3128, ProxyServer.Kind.http, String?.none, String?.none),
            ("http://proxy.example", "proxy.example", 1080, .http, nil, nil),
            ("HTTP://Proxy.Example:8080/", "proxy.example", 8080, .http, nil, nil),
            ("http://[2001:db8::1]:3128", "2001:db8::1", 3128, .http, nil, nil),
            ("http://user@p:1", "p", 1, .http, "user", ""),
            ("http://us%3Aer:pa%40%2Fss:w@p:1", "p", 1, .http, "us:er", "pa@/ss:w"),
            ("user:p@ss@p:1", "p", 1, .http, "user", "p@ss"),
            ("socks5://p:1", "p", 1, .socks5, nil, nil), ("socks5h://p", "p", 1080, .socks5, nil, nil),
        ])
    func address(
        text: String, host: String, port: Int, kind: ProxyServer.Kind, user: String?, password: String?
    ) throws {
        let proxy = try #require(try proxy(["https_proxy": text]))
        #expect(proxy.host == host)
        #expect(proxy.port == port)
        #expect(proxy.kind == kind)
        #expect(proxy.login?.user == user)
        #expect(proxy.login?.password.reveal() == password)
        #expect(password?.isEmpty != false || !"\(proxy)".contains(password ?? ""))
    }

    @Test(
        "an invalid proxy is rejected with the variable's name, without its value",
        arguments: [
            "https://hunter22@p:1", "ftp://p:1", "socks4://p:1", "socks5://u:hunter22@p:1", "http://u:hunter22%4@p:1",
            "http://u:hunter22%zz@p:1", "http://u:hunter22%0a@p:1", "http://hunter22:99999", "http://", "http://a b:1",
            "http://u:hunter22%+1@p:1",
        ])
    func refused(text: String) {
        let error = #expect(throws: ClientConfigurationError.self) { try proxy(["HTTPS_PROXY": text]) }
        #expect(error?.code == .invalidProxy)
        #expect(error?.message.hasPrefix("HTTPS_PROXY: ") == true)
        #expect(error?.message.contains("hunter22") == false)
    }

    @Test(
        "NO_PROXY exempts hosts, subdomains, ports, addresses and blocks",
        arguments: [
            ("*", "https://api.example/v1", true), ("api.example", "https://api.example/v1", true),
            ("example", "https://api.example/v1", true), (".example", "https://api.example/v1", true),
            ("*.example", "https://api.example/v1", true), ("API.Example.", "https://api.example/v1", true),
            ("ample", "https://api.example/v1", false), ("pi.example", "https://api.example/v1", false),
            ("x.api.example", "https://api.example/v1", false), ("api.example.com", "https://api.example/v1", false),
            ("a.b, ,c.d\tapi.example", "https://api.example/v1", true), ("", "https://api.example/v1", false),
            ("api.example:443", "https://api.example/v1", true), ("api.example:444", "https://api.example/v1", false),
            ("api.example:444", "https://api.example:444/v1", true), ("api.example:x", "https://api.example/v1", false),
            ("10.1.2.3", "https://10.1.2.3/v1", true), ("10.1.2.3:443", "https://10.1.2.3/v1", true),
            ("10.1.2.3:80", "https://10.1.2.3/v1", false), ("2.3", "https://10.1.2.3/v1", false),
            ("10.0.0.0/8", "https://10.1.2.3/v1", true), ("10.0.0.0/8", "https://11.1.2.3/v1", false),
            ("10.1.2.0/30", "https://10.1.2.3/v1", true), ("10.1.2.0/31", "https://10.1.2.3/v1", false),
            ("0.0.0.0/0", "https://10.1.2.3/v1", true), ("0.0.0.0/0", "https://api.example/v1", false),
            ("10.0.0.0/33", "https://10.1.2.3/v1", false), ("10.0.0.0/-1", "https://10.1.2.3/v1", false),
            ("fd00::/8", "https://[fd12::1]/v1", true), ("fd00::/8", "https://[fe12::1]/v1", false),
            ("fd12::1", "https://[FD12:0::1]/v1", true), ("[fd12::1]", "https://[fd12::1]/v1", true),
            ("[fd12::1]:444", "https://[fd12::1]/v1", false), ("0.0.0.0/0", "https://[fd12::1]/v1", false),
        ])
    func exempt(list: String, address: String, isExempt: Bool) throws {
        #expect((try proxy(["https_proxy": "p:1", "NO_PROXY": list], for: address) == nil) == isExempt)
        #expect(
            (try proxy(["https_proxy": "p:1", "no_proxy": list, "NO_PROXY": "x"], for: address) == nil) == (isExempt))
    }
}
