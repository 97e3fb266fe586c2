import ServerPilot
import Testing

@testable import ServerPilotClient

@Suite struct WebPolicyTests {
    @Test(
        "public addresses are distinguished from addresses of machines and networks",
        arguments: [
            ("1.1.1.1", true), ("8.8.8.8", true), ("172.15.0.1", true), ("172.32.0.1", true), ("100.63.0.1", true),
            ("100.128.0.1", true), ("126.255.255.255", true), ("128.0.0.1", true), ("223.255.255.255", true),
            ("2606:4700::1111", true), ("2a01:4f8::1", true),
            ("0.0.0.0", false), ("10.0.0.1", false), ("100.64.0.1", false), ("127.0.0.1", false), ("127.9.9.9", false),
            ("169.254.169.254", false), ("172.16.0.1", false), ("172.31.255.255", false), ("192.168.0.1", false),
            ("198.18.0.1", false), ("224.0.0.1", false), ("240.0.0.1", false), ("255.255.255.255", false),
            ("::", false), ("::1", false), ("::ffff:1.1.1.1", false), ("::ffff:127.0.0.1", false), ("fe80::1", false),
            ("fc00::1", false), ("fdff::1", false), ("ff02::1", false), ("64:ff9b::101:101", false),
            ("2002:7f00:1::", false), ("2001:0:1::", false), ("2001:db8::1", false), ("::127.0.0.1", false),
        ] as [(String, Bool)])
    func addresses(_ text: String, _ isPublic: Bool) throws {
        #expect(try #require(IPAddress(text)).isPublic == isPublic)
    }

    @Test("addresses are printed as they were read", arguments: ["127.0.0.1", "::1", "2606:4700::1111"])
    func description(_ text: String) throws { #expect(try #require(IPAddress(text)).description == text) }

    @Test(
        "a grant is for a host and port, and a granted IP address or localhost may be anywhere",
        arguments: [
            ("https://api.example/", ["api.example"], WebGrants.Reach.world),
            ("https://api.example/", ["api.example:443"], .world),
            ("https://api.example:443/x", ["api.example"], .world),
            ("https://api.example:8443/", ["api.example"], nil), ("https://sub.api.example/", ["api.example"], nil),
            ("https://api.example/", [], nil), ("https://localhost:1/", ["localhost:1"], .anywhere),
            ("http://localhost:1/", ["localhost:1"], .anywhere), ("https://10.0.0.1/", ["10.0.0.1"], .anywhere),
            ("https://[::1]:8443/", ["[::1]:8443"], .anywhere), ("https://127.0.0.1/", ["localhost"], nil),
        ] as [(String, Set<String>, WebGrants.Reach?)])
    func grants(_ address: String, _ hosts: Set<String>, _ reach: WebGrants.Reach?) throws {
        #expect(WebGrants(hosts: hosts).reach(of: try WebAddress(address)) == reach)
    }

    @Test("nested modules have the grants that all of them have")
    func intersection() throws {
        let both = WebGrants(hosts: ["a.example", "b.example:443"]).intersection(
            WebGrants(hosts: ["b.example", "c.example"]))
        #expect(both == WebGrants(hosts: ["b.example"]))
        #expect(WebGrants(hosts: nil).intersection(both) == both && both.intersection(WebGrants(hosts: nil)) == both)
    }

    @Test(
        "ambiguous addresses are rejected",
        arguments: [
            "api.example", "https:/api.example", "https://", "https:///x", "https://a@b.example/", "https://a:0/",
            "https://a:65536/", "https://a:b/", "https://[::1/", "https://[api]/", "https://a b/", "https://a/b c",
            "https://a\\@b/", "https://a/\u{e9}", "https://a/#x", "https://a%2eb/", "gopher://a/", "https://.a/",
            "https://a/\r\nx: y",
        ])
    func addressesThatAreNone(_ text: String) { #expect(throws: WebAddress.Fault.self) { try WebAddress(text) } }
}
