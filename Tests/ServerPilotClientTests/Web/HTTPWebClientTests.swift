import Groundwork
import NIOSSL
import ServerPilot
import Testing

@testable import ServerPilotClient

@Suite(.timeLimit(.minutes(5))) struct HTTPWebClientTests {
    private static func tls(_ name: String, _ hosts: String = "DNS:localhost,IP:127.0.0.1") throws -> NIOSSLContext {
        try TestAuthority.shared.get().server("web-\(name)", hosts: hosts)
    }

    @Test("sends requests over TLS, and returns the reply whatever its status is")
    func exchange() async throws {
        try await TestServer.with(tls: Self.tls("exchange")) { connection in
            while try await connection.request() != nil {
                try await connection.reply("418 Teapot", ["X-Left: 5"], body: "short and stout")
            }
        } body: { server in
            let client = try WebFixture.client(names: WebFixture.local)
            for host in ["localhost", "127.0.0.1"] {
                let reply = try await client.send(
                    WebFixture.request(
                        "POST", "https://\(host):\(server.port)/v2/things?a=b%20c", ["x-token": "t"], body: "body"))
                #expect(reply.status == 418 && reply["x-left"] == "5")
                #expect(String(decoding: reply.body, as: UTF8.self) == "short and stout")
            }
            let seen = try #require(server.requests.first)
            #expect(seen.method == "POST" && seen.target == "/v2/things?a=b%20c" && seen.body == "body")
            #expect(seen.values["host"] == "localhost:\(server.port)" && seen.values["x-token"] == "t")
            #expect(seen.values["user-agent"] == "sprun/1.2.3" && seen.values["accept"] == "*/*")
            #expect(Set(seen.fields).isDisjoint(with: ["authorization", "sprun-request-number", "cookie"]))
        }
    }

    @Test("sends nothing to a host that was not granted")
    func notGranted() async throws {
        try await TestServer.with(tls: Self.tls("granted")) {
            try await $0.replyToAll()
        } body: { server in
            let client = try WebFixture.client(names: WebFixture.local)
            for hosts: Set<String> in [
                [], ["localhost"], ["localhost:\(server.port + 1)"], ["127.0.0.1:\(server.port)"],
            ] {
                let failure = await client.failure(
                    of: try WebFixture.request("GET", "https://localhost:\(server.port)/", hosts: hosts))
                #expect(failure?.code == .refused && failure?.delivery == .notSent, "\(hosts)")
            }
            #expect(server.connections == 0)
        }
    }

    @Test(
        "sends nothing to a public name that resolves to this machine or network",
        arguments: [
            ["127.0.0.1"], ["10.1.2.3"], ["172.20.0.1", "192.168.1.1"], ["169.254.169.254"], ["::1"], ["fe80::1"],
            ["fd00::1"], ["::ffff:127.0.0.1"], ["0.0.0.0"], ["100.64.0.1"], ["224.0.0.1"], ["::"], ["64:ff9b::7f00:1"],
        ])
    func inside(_ addresses: [String]) async throws {
        try await TestServer.with {
            try await $0.replyToAll()
        } body: { server in
            let client = try WebFixture.client(names: ["api.example": addresses])
            for hosts in [["api.example:\(server.port)"], nil] as [Set<String>?] {
                var request = try WebFixture.request("GET", "https://api.example:\(server.port)/")
                request.grants = WebGrants(hosts: hosts)
                let failure = await client.failure(of: request)
                #expect(failure?.code == .refused && failure?.delivery == .notSent)
                #expect(failure?.message.contains("resolves to this machine or its network") == true)
            }
            #expect(server.connections == 0)
        }
    }

    @Test("without needs, it sends nothing to an address of this machine either")
    func unnamedLoopback() async throws {
        try await TestServer.with {
            try await $0.replyToAll()
        } body: { server in
            let client = try WebFixture.client(names: WebFixture.local)
            for address in [
                "https://127.0.0.1:\(server.port)/", "http://127.0.0.1:\(server.port)/",
                "http://localhost:\(server.port)/",
            ] {
                var request = try WebFixture.request("GET", address)
                request.grants = WebGrants(hosts: nil)
                #expect(await client.failure(of: request)?.code == .refused, "\(address)")
            }
            #expect(server.connections == 0)
        }
    }

    @Test("connects only to the address that it checked")
    func judgedAddress() async throws {
        try await TestServer.with(tls: Self.tls("judged")) {
            try await $0.replyToAll()
        } body: { server in
            // The machine's own resolver would lead to the server.
            let elsewhere = try WebFixture.client(names: ["localhost": ["127.99.99.99"]])
            let failure = await elsewhere.failure(
                of: try WebFixture.request("GET", "https://localhost:\(server.port)/"))
            #expect(failure?.code == .notConnected)
            // Where localhost is said to be another machine, it is not asked.
            let abroad = try WebFixture.client(names: ["localhost": ["192.0.2.1"]])
            #expect(
                await abroad.failure(of: try WebFixture.request("GET", "https://localhost:\(server.port)/"))?.code
                    == .refused)
            #expect(server.connections == 0)
            // The next address is tried where one does not answer.
            let second = try WebFixture.client(names: ["localhost": ["127.99.99.99", "127.0.0.1"]])
            #expect(try await second.send(WebFixture.request("GET", "https://localhost:\(server.port)/")).status == 200)
        }
    }

    @Test("plain HTTP works only to this machine, if it was granted")
    func plain() async throws {
        try await TestServer.with {
            try await $0.replyToAll()
        } body: { server in
            let client = try WebFixture.client(names: ["localhost": ["127.0.0.1"], "api.example": ["127.0.0.1"]])
            #expect(try await client.send(WebFixture.request("GET", "http://127.0.0.1:\(server.port)/")).status == 200)
            for address in ["http://api.example:\(server.port)/", "http://192.0.2.1:\(server.port)/"] {
                let failure = await client.failure(of: try WebFixture.request("GET", address))
                #expect(failure?.code == .refused && failure?.message.contains("plain HTTP") == true)
            }
            #expect(server.connections == 1)
        }
    }

    @Test(
        "a certificate for another name, or only for the address, is rejected",
        arguments: ["DNS:api.example", "IP:127.0.0.1"])
    func certificate(_ hosts: String) async throws {
        try await TestServer.with(tls: Self.tls("certificate-\(hosts.count)", hosts)) {
            try await $0.replyToAll()
        } body: { server in
            let client = try WebFixture.client(names: WebFixture.local)
            let failure = await client.failure(of: try WebFixture.request("POST", "https://localhost:\(server.port)/"))
            #expect(failure?.code == .notConnected && failure?.delivery == .notSent && failure?.isPermanent == true)
            #expect(failure?.message.contains("certificate") == true, "\(failure?.message ?? "")")
            #expect(server.requests.isEmpty)
        }
    }

    @Test("a reply that is larger than the limit is not read to its end", arguments: [true, false])
    func tooLarge(announced: Bool) async throws {
        var limits = HTTPLimits()
        limits.webReplyBytes = 1000
        try await TestServer.with(tls: Self.tls("large-\(announced)")) { connection in
            _ = try await connection.request()
            let length = announced ? "Content-Length: 4000\r\n" : ""
            try await connection.write("HTTP/1.1 200 OK\r\n\(length)\r\n")
            for _ in 0..<4 { try await connection.write(String(repeating: "x", count: 1000)) }
        } body: { [limits] server in
            let failure = await (try WebFixture.client(limits: limits, names: WebFixture.local)).failure(
                of: try WebFixture.request("POST", "https://localhost:\(server.port)/"))
            #expect(failure?.code == .replyTooLarge && failure?.delivery == .ambiguous)
        }
    }

    enum End: String, CaseIterable { case silent, dripping, closing, noHTTP }

    @Test("a failure after the request is ambiguous", arguments: End.allCases)
    func ends(_ end: End) async throws {
        try await TestServer.with(tls: Self.tls("end-\(end)")) { connection in
            _ = try await connection.request()
            switch end {
            case .silent: await connection.hang()
            case .dripping:
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while true {
                    try await connection.write("x")
                    try await connection.pause(.milliseconds(100))
                }
            case .closing: break
            case .noHTTP: try await connection.write("this is no HTTP\r\n\r\n")
            }
        } body: { server in
            let failure = await (try WebFixture.client(names: WebFixture.local)).failure(
                of: try WebFixture.request(
                    "POST", "https://localhost:\(server.port)/",
                    timeout: end == .silent || end == .dripping ? .seconds(2) : .seconds(60)))
            #expect(failure?.delivery == .ambiguous, "\(String(describing: failure))")
            let code: WebFailure.Code =
                switch end {
                case .silent, .dripping: .timedOut
                case .closing: .connectionLost
                case .noHTTP: .unreadableReply
                }
            #expect(failure?.code == code, "\(String(describing: failure))")
        }
    }

    @Test("a refused connection sends nothing")
    func refused() async throws {
        let port = try RefusingPort()
        let failure = await (try WebFixture.client(names: WebFixture.local)).failure(
            of: try WebFixture.request("POST", "https://localhost:\(port.number)/"))
        #expect(failure?.code == .notConnected && failure?.delivery == .notSent && failure?.isPermanent == false)
        let nobody = await (try WebFixture.client()).failure(
            of: try WebFixture.request("GET", "https://nobody.example/"))
        #expect(nobody?.code == .notConnected && nobody?.isPermanent == true)
    }

    @Test("uses the proxy of the environment, but not for an address of this network")
    func proxy() async throws {
        try await TestServer.with { connection in
            _ = try await connection.request()
            try await connection.reply("502 Bad Gateway")
        } body: { server in
            let client = try WebFixture.client(["HTTPS_PROXY": "http://127.0.0.1:\(server.port)"])
            let failure = await client.failure(of: try WebFixture.request("GET", "https://api.example/"))
            #expect(failure?.code == .notConnected && failure?.delivery == .notSent)
            #expect(server.requests.map(\.target) == ["api.example:443"])
            var request = try WebFixture.request("GET", "https://10.0.0.1/")
            request.grants = WebGrants(hosts: nil)
            #expect(await client.failure(of: request)?.code == .refused)
            #expect(server.requests.count == 1)
        }
    }

    @Test("a cancelled request ends at once")
    func cancelled() async throws {
        try await TestServer.with(tls: Self.tls("cancelled")) { connection in
            _ = try await connection.request()
            await connection.hang()
        } body: { server in
            let client = try WebFixture.client(names: WebFixture.local)
            let request = try WebFixture.request("POST", "https://localhost:\(server.port)/")
            let task = Task { await client.failure(of: request) }
            while server.requests.isEmpty { await Task.yield() }
            task.cancel()
            let failure = await task.value
            #expect(failure?.code == .cancelled && failure?.delivery == .ambiguous)
        }
    }
}
