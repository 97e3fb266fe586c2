import Groundwork
import HTTPTypes
import ServerPilot
import ServerPilotClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct HTTPTransportTests {
    @Test("a request has path, credentials, user agent and body, and no data of this process")
    func requestOnTheWire() async throws {
        try await TestServer.with {
            try await $0.replyToAll()
        } body: { server in
            let transport = try Fixture.transport(to: server)
            _ = try await transport.send(Fixture.write)
            await transport.shutdown()
            let request = try #require(server.requests.first)
            #expect(request.method == "POST")
            #expect(request.target == "/v1/apps")
            #expect(request.body == #"{"name":"shop"}"#)
            #expect(request.values["host"] == "127.0.0.1:\(server.port)")
            // printf 'cid_test:s3cr3t-Key/with+signs' | base64
            #expect(request.values["authorization"] == "Basic Y2lkX3Rlc3Q6czNjcjN0LUtleS93aXRoK3NpZ25z")
            #expect(request.values["user-agent"] == "sprun/1.2.3")
            #expect(request.values["accept"] == "application/json")
            #expect(request.values["content-type"] == "application/json")
            #expect(request.values["content-length"] == "15")
            #expect(
                Set(request.fields) == [
                    "host", "authorization", "user-agent", "accept", "content-type", "content-length",
                ])
        }
    }

    @Test("the response has status, headers and body as the server sent them", arguments: [200, 404, 429, 500, 503])
    func response(status: Int) async throws {
        try await TestServer.with { connection in
            _ = try await connection.request()
            try await connection.reply("\(status) Words", ["Retry-After: 7", "X-Odd: a b"], body: #"{"x":"ü"}"#)
        } body: { server in
            let response = try await Fixture.transport(to: server).send(Fixture.read)
            #expect(response.status.code == status)
            #expect(response.retryAfter == .seconds(7))
            #expect(response.headers[HTTPField.Name("x-odd")!] == "a b")
            #expect(String(decoding: response.body, as: UTF8.self) == #"{"x":"ü"}"#)
        }
    }

    @Test("consecutive requests share a connection")
    func keepAlive() async throws {
        try await TestServer.with {
            try await $0.replyToAll()
        } body: { server in
            let transport = try Fixture.transport(to: server)
            for _ in 1...5 { _ = try await transport.send(Fixture.read) }
            #expect(server.requests.count == 5)
            #expect(server.connections == 1)
        }
    }

    @Test("a redirect is returned and not followed", arguments: [301, 302, 303, 307, 308])
    func redirects(status: Int) async throws {
        try await TestServer.with {
            try await $0.replyToAll()
        } body: { target in
            try await TestServer.with { connection in
                while try await connection.request() != nil {
                    try await connection.reply(
                        "\(status) Elsewhere", ["Location: http://127.0.0.1:\(target.port)/v1/stolen"], body: "")
                }
            } body: { server in
                let transport = try Fixture.transport(to: server)
                let response = try await transport.send(Fixture.write)
                #expect(response.status.code == status)
                #expect(server.requests.map(\.method) == ["POST"])
                let error = try await #require(throws: ServerPilotError.self) {
                    _ = try await ServerPilotAccount(transport: transport).servers()
                }
                #expect(error.code == .unexpectedStatus)
                #expect(target.connections == 0)
            }
        }
    }

    @Test("an interim response is skipped")
    func interimResponse() async throws {
        try await TestServer.with { connection in
            _ = try await connection.request()
            try await connection.write("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n")
            try await connection.reply()
        } body: { server in
            let response = try await Fixture.transport(to: server).send(Fixture.read)
            #expect(response.status.code == 200)
            #expect(response.body == Array(#"{"data":[]}"#.utf8))
        }
    }

    @Test("a chunked reply, and a reply that ends with the connection, are read completely", arguments: [true, false])
    func framings(isChunked: Bool) async throws {
        try await TestServer.with { connection in
            _ = try await connection.request()
            if isChunked {
                try await connection.write(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"da\r\n7\r\nta\":[]}\r\n0\r\n\r\n")
            } else {
                try await connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"data\":[]}")
            }
        } body: { server in
            let response = try await Fixture.transport(to: server).send(Fixture.read)
            #expect(response.body == Array(#"{"data":[]}"#.utf8))
        }
    }

    @Test(
        "a path that is invalid or leaves the base is rejected before the request",
        arguments: ["", "servers", "/../x", "/a//b", "/a?b", "/a#b", "/a b", "/%2e", "/a\r\nX: y", "//evil.example/x"])
    func paths(path: String) async throws {
        try await TestServer.with {
            try await $0.replyToAll()
        } body: { server in
            let error = try await Fixture.transport(to: server)
                .failure(of: WireRequest(method: .get, path: path))
            #expect(error.code == .invalidArguments)
            #expect(error.delivery == .notSent)
            #expect(server.connections == 0)
        }
    }

    @Test("two hundred concurrent requests share the allowed connections")
    func turns() async throws {
        var limits = Fixture.quickLimits
        limits.connections = 2
        // Less than the whole takes: waiting for one's turn must not count as connecting.
        limits.connecting = .milliseconds(1000)
        try await TestServer.with { connection in
            while try await connection.request() != nil {
                try await connection.pause(.milliseconds(15))
                try await connection.reply()
            }
        } body: { [limits] server in
            let transport = try Fixture.transport(to: server, limits: limits)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...200 { group.addTask { try await transport.send(Fixture.read).status.code } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 200))
            #expect(server.requests.count == 200)
            #expect(server.mostOpenConnections == 2)
        }
    }

    @Test("after its end, a transport sends nothing; ending it twice or unused is allowed")
    func shutdown() async throws {
        try await TestServer.with {
            try await $0.replyToAll()
        } body: { server in
            let unused = try Fixture.transport(to: server)
            await unused.shutdown()
            let transport = try Fixture.transport(to: server)
            _ = try await transport.send(Fixture.read)
            await transport.shutdown()
            await transport.shutdown()
            for ended in [unused, transport] {
                let error = try await ended.failure(of: Fixture.write)
                #expect(error.code == .cancelled)
                #expect(error.delivery == .notSent)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("a released transport closes its connections")
    func abandonment() async throws {
        let (closed, continuation) = AsyncStream<Void>.makeStream()
        try await TestServer.with { connection in
            try await connection.replyToAll()
            continuation.finish()
        } body: { server in
            do {
                var limits = Fixture.quickLimits
                limits.idleConnection = .seconds(3600)
                _ = try await Fixture.transport(to: server, limits: limits).send(Fixture.read)
            }
            for await _ in closed {}
        }
    }
}
