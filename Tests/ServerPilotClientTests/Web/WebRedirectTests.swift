import ServerPilot
import Testing

@testable import ServerPilotClient

@Suite(.timeLimit(.minutes(5))) struct WebRedirectTests {
    /// Asks a server that redirects each request to what `location` says of its target, until that says nothing.
    private static func ask(
        _ name: String, _ method: String = "GET", hosts: @Sendable @escaping (Int) -> Set<String>,
        location: @Sendable @escaping (_ target: String, _ port: Int) -> String?
    ) async throws -> (reply: WebReply?, failure: WebFailure?, seen: [SeenRequest]) {
        let tls = try TestAuthority.shared.get().server("redirect-\(name)", hosts: "DNS:localhost,IP:127.0.0.1")
        return try await TestServer.with(tls: tls) { connection in
            while let request = try await connection.request() {
                if let next = location(request.target, connection.server.port) {
                    try await connection.reply("302 Found", ["Location: \(next)"])
                } else {
                    try await connection.reply(body: "end")
                }
            }
        } body: { server in
            let client = try WebFixture.client(names: WebFixture.local)
            let request = try WebFixture.request(
                method, "https://localhost:\(server.port)/begin/here", ["authorization": "Bearer t", "x-plain": "p"],
                sensitive: ["authorization"], hosts: hosts(server.port))
            do throws(WebFailure) {
                let reply = try await client.send(request)
                return (reply, nil, server.requests)
            } catch {
                return (nil, error, server.requests)
            }
        }
    }

    @Test(
        "is followed on the same host",
        arguments: [
            ("/there?a=b", "/there?a=b"), ("there", "/begin/there"), ("?a=b", "/begin/here?a=b"),
            ("/there#part", "/there"),
        ])
    func relative(_ location: String, _ target: String) async throws {
        let asked = try await Self.ask("relative-\(location.count)", hosts: { ["localhost:\($0)"] }) { target, _ in
            target == "/begin/here" ? location : nil
        }
        #expect(asked.reply?.status == 200, "\(String(describing: asked.failure))")
        #expect(asked.seen.map(\.target) == ["/begin/here", target])
        #expect(asked.seen.allSatisfy { $0.values["authorization"] == "Bearer t" })
    }

    @Test("a public download is not redirected into this machine's network; a local download is")
    func downloads() async throws {
        let tls = try TestAuthority.shared.get().server("download", hosts: "DNS:localhost,IP:127.0.0.1")
        try await TestServer.with(tls: tls) { connection in
            while let request = try await connection.request() {
                if request.target == "/x" {
                    try await connection.reply(
                        "302 Found", ["Location: https://127.0.0.1:\(connection.server.port)/there"])
                } else {
                    try await connection.reply(body: "end")
                }
            }
        } body: { server in
            let environment = ["SSL_CERT_FILE": try TestAuthority.shared.get().file]
            for (address, isFollowed) in [("192.0.2.1", true), ("8.8.8.8", false)] {
                let resolver = HostResolver { host in
                    [IPAddress(host == "localhost" ? address : host)].compactMap(\.self)
                }
                let download = FileDownload(
                    environment: environment, version: "1", world: WorldCheck(resolver: resolver))
                do throws(FileDownload.Failure) {
                    let bytes = try await download.bytes(from: "https://localhost:\(server.port)/x", limit: 100)
                    #expect(isFollowed && bytes == Array("end".utf8))
                } catch {
                    #expect(!isFollowed && error.message.contains("network"), "\(error.message)")
                }
            }
        }
    }

    @Test("to another host is followed if it was granted, without secrets")
    func otherOrigin() async throws {
        let asked = try await Self.ask("other", hosts: { ["localhost:\($0)", "127.0.0.1:\($0)"] }) { target, port in
            target == "/begin/here" ? "https://127.0.0.1:\(port)/there" : nil
        }
        #expect(asked.reply?.status == 200, "\(String(describing: asked.failure))")
        #expect(asked.seen.map { $0.values["authorization"] } == ["Bearer t", nil])
        #expect(asked.seen.map { $0.values["x-plain"] } == ["p", "p"])
    }

    @Test(
        "to a host that was not granted, or to an invalid URL, is rejected",
        arguments: [
            "https://127.0.0.1:PORT/", "https://other.example/", "http://localhost:PORT/", "ftp://localhost:PORT/",
            "https://user@localhost:PORT/", "//127.0.0.1:PORT/", "file:///etc/passwd",
        ])
    func refused(_ location: String) async throws {
        let asked = try await Self.ask(
            "refused-\(location.filter(\.isLetter))", hosts: { ["localhost:\($0)"] }
        ) { target, port in target == "/begin/here" ? location.replacing("PORT", with: "\(port)") : nil }
        #expect(asked.failure?.code == .refused, "\(String(describing: asked.reply))")
        #expect(asked.seen.count == 1)
    }

    @Test("is followed at most five times")
    func often() async throws {
        let asked = try await Self.ask("often", hosts: { ["localhost:\($0)"] }) { target, _ in target + "x" }
        #expect(asked.failure?.message.contains("more than 5 redirects") == true)
        #expect(asked.seen.count == 6)
    }

    @Test("of a change is not followed", arguments: ["POST", "PUT", "DELETE"])
    func change(_ method: String) async throws {
        let asked = try await Self.ask("change-\(method)", method, hosts: { ["localhost:\($0)"] }) { _, _ in "/there" }
        #expect(asked.reply?.status == 302)
        #expect(asked.seen.count == 1)
    }
}
