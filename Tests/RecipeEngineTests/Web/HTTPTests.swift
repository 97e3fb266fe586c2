import Groundwork
import LuaHost
import OrderedCollections
import RecipeEngine
import ServerPilot
import SprunTesting
import Testing

@Suite("http", .timeLimit(.minutes(2)))
struct HTTPTests {
    private static func run(
        _ lua: String, _ web: ScriptedWeb, outside: OutsideWorld = .real
    ) async -> RunReport {
        var surroundings = web.surroundings
        surroundings.outside = outside
        return await RecipeStage().run(lua, surroundings: surroundings)
    }

    @Test("returns status, headers, body and JSON with exact integers")
    func reply() async {
        let web = ScriptedWeb { _, _ in
            .success(
                WebReply(
                    status: 200,
                    fields: [
                        WebField("Content-Type", "application/json; charset=utf-8"), WebField("X-A", "1"),
                        WebField("x-a", "2"),
                    ].compactMap(\.self), body: Array(#"{"id":9007199254740993,"x":1.5,"none":null}"#.utf8)))
        }
        let report = await Self.run(
            """
            local r = http.get("https://api.example/v2/things?page=2", { headers = { accept = "application/json" } })
            return { status = r.status, a = r.headers["x-a"], id = r.json.id, kind = math.type(r.json.id),
                x = r.json.x, none = r.json.none == nil, length = #r.body }
            """, web)
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        #expect(
            report.result == [
                "a": "1, 2", "id": 9_007_199_254_740_993, "kind": "integer", "length": 43, "none": true, "status": 200,
                "x": 1.5,
            ])
        #expect(web.lines == ["GET https://api.example/v2/things?page=2"])
        #expect(web.requests[0].fields == [WebField("accept", "application/json")])
    }

    @Test("a body that is not JSON or not text is returned unchanged")
    func otherBodies() async {
        let web = ScriptedWeb { request, _ in
            let body: [UInt8] = request.address.target == "/bytes" ? [0xFF, 0x00] : Array("{oops\u{0}".utf8)
            return .success(
                WebReply(
                    status: 200, fields: [WebField("content-type", "application/json")].compactMap(\.self), body: body))
        }
        let report = await Self.run(
            """
            local a, b = http.get("https://api.example/bytes"), http.get("https://api.example/text")
            return { a = a.body == nil and a.json == nil, b = b.json == nil and #b.body }
            """, web)
        #expect(report.result == ["a": true, "b": 6])
    }

    @Test("sends JSON, text and forms")
    func bodies() async {
        let web = ScriptedWeb(201)
        _ = await Self.run(
            """
            http.post_json("https://api.example/a", { list = { 1, 2.5, sp.null, "x" } }, { lost = "raise" })
            http.request{ method = "put", url = "https://api.example/b", body = "text" }
            http.request{ method = "POST", url = "https://api.example/c", form = { ["a b"] = "c&d/é" }, lost = "raise" }
            http.request{ method = "PATCH", url = "https://api.example/d", json = {}, lost = "raise",
                headers = { ["Content-Type"] = "application/merge-patch+json" } }
            """, web)
        let bodies = web.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies[...] == [#"{"list":[1,2.5,null,"x"]}"#, "text", "a+b=c%26d%2F%C3%A9", "{}"])
        #expect(
            web.requests.map { $0.fields.last { $0.name == "content-type" }?.value } == [
                "application/json", "text/plain; charset=utf-8", "application/x-www-form-urlencoded",
                "application/merge-patch+json",
            ])
    }

    @Test("a status other than 2xx is an error that quotes the reply, unless `ok` lists it")
    func statuses() async {
        let web = ScriptedWeb(422, #"{"message":"name is taken"}"#)
        let report = await Self.run(
            """
            local ok, e = pcall(http.request, { method = "POST", url = "https://api.example/things", json = {} })
            local fine = http.request{ method = "POST", url = "https://api.example/things", json = {}, ok = { 422 } }
            return { ok = ok, code = e.code, status = e.status, operation = e.operation, object = e.object,
                message = e.message, fine = fine.status }
            """, web)
        #expect(
            report.result == [
                "code": "http_status", "fine": 422,
                "message": #"http.post https://api.example/things: HTTP 422: {"message":"name is taken"}"#,
                "object": "https://api.example/things", "ok": false, "operation": "http.post", "status": 422,
            ])
    }

    @Test("sends requests only to the hosts and ports in needs.http")
    func needs() async {
        let web = ScriptedWeb(200)
        func lua(_ needs: String, _ url: String) -> String {
            """
            return recipe { name = "test", version = "1.0.0", summary = "Tests.", needs = { http = { \(needs) } },
                run = function() http.get("\(url)") end }
            """
        }
        for (needs, url, hint) in [
            ("", "https://api.example/", #"http = { "api.example" }"#),
            (#""api.example""#, "https://api.example:8443/", #"http = { "api.example:8443" }"#),
            (#""api.example:8443""#, "https://api.example/", #"http = { "api.example" }"#),
            (#""api.example""#, "https://other.example/", #"http = { "other.example" }"#),
            (#""example""#, "https://api.example/", #"http = { "api.example" }"#),
        ] {
            let report = await Self.run(lua(needs, url), web)
            #expect(report.failure?.code == "not_granted", "\(needs) \(url)")
            #expect(report.failure?.hint?.contains(hint) == true, "\(report.failure?.hint ?? "")")
        }
        #expect(web.requests.isEmpty)
        for (needs, url) in [
            (#""API.example""#, "https://api.Example/"), (#""api.example:443""#, "https://api.example/"),
            (#""api.example:8443""#, "https://api.example:8443/"),
        ] {
            let report = await Self.run(lua(needs, url), web)
            #expect(report.failure == nil, "\(needs) \(url): \(report.failure?.description ?? "")")
        }
        #expect(web.requests.allSatisfy { $0.grants.reach(of: $0.address) == .world })
    }

    @Test(
        "arguments are checked before any request",
        arguments: [
            (#"http.get("api.example")"#, "https://host/path"), (#"http.get("ftp://api.example/")"#, "https://"),
            (#"http.get("https://user:pass@api.example/")"#, "name or password"),
            (#"http.get("https://api.example/a b")"#, "%20"), (#"http.get("https://api.example/#a")"#, "fragment"),
            (#"http.request{ url = "https://a.example", metod = "GET" }"#, "did you mean 'method'"),
            (#"http.request{ url = "https://a.example", method = "BREW" }"#, "method must be one of"),
            (#"http.request{ url = "https://a.example", body = "x" }"#, "has no body"),
            (#"http.request{ url = "https://a.example", method = "POST", body = "x", json = {} }"#, "pass only one of"),
            (#"http.get("https://a.example", { headers = { host = "b" } })"#, "recipes cannot set"),
            (#"http.get("https://a.example", { headers = { a = "b\r\nc: d" } })"#, "is not valid in a header"),
            (#"http.get("https://a.example", { headers = { ["a b"] = "c" } })"#, "is not valid in a header"),
            (
                #"http.get("https://a.example", { headers = { a = ("b"):rep((64 << 10) + 1) } })"#,
                "headers.a has more than 64 KiB"
            ),
            (
                #"http.post_json("https://a.example", {}, { idempotency_key = ("b"):rep((64 << 10) + 1) })"#,
                "idempotency_key has more than 64 KiB"
            ),
            (#"http.get("https://a.example", { timeout = "1h" })"#, "at most"),
            (#"http.get("https://a.example", { ok = 404 })"#, "list of HTTP statuses"),
            (#"http.get("https://a.example", { lost = "ignore" })"#, "lost must be"),
            (#"http.get("https://a.example", { planned = { stat = 1 } })"#, "did you mean 'status'"),
        ])
    func arguments(_ lua: String, _ words: String) async {
        let web = ScriptedWeb(200)
        let report = await Self.run(lua, web)
        #expect(report.failure?.code == "bad_argument", "\(report.failure?.code ?? "none")")
        #expect(report.failure?.message.contains(words) == true, "\(report.failure?.message ?? "")")
        #expect(!(report.failure?.message.contains("pass@") ?? false))
        #expect(web.requests.isEmpty)
    }

    @Test("a read whose reply is lost is repeated a few times")
    func reads() async {
        let web = ScriptedWeb { _, number in number < 3 ? .lost : .json(200, "{}") }
        let report = await Self.run(#"return { s = http.get("https://api.example/").status }"#, web)
        #expect(report.result == ["s": 200])
        #expect(web.requests.count == 3)
        let never = ScriptedWeb { _, _ in .lost }
        let failed = await Self.run(#"http.get("https://api.example/")"#, never)
        #expect(failed.failure?.code == "connection_lost")
        #expect(never.requests.count == 3)
    }

    @Test("failures have codes and hints")
    func failures() async {
        for (code, word) in [
            (WebFailure.Code.refused, "http_refused"), (.notConnected, "not_connected"), (.timedOut, "timed_out"),
            (.replyTooLarge, "reply_too_large"), (.unreadableReply, "unreadable_reply"),
        ] {
            let web = ScriptedWeb { _, _ in .failure(WebFailure(code, "it broke", hint: "mend it", delivery: .notSent))
            }
            let report = await Self.run(#"http.get("https://api.example/")"#, web)
            #expect(report.failure?.code == word)
            #expect(report.failure?.message == "http.get https://api.example/: it broke")
            #expect(report.failure?.hint == "mend it")
            #expect(report.failure?.site?.line == 1)
        }
    }

    @Test("a simulation uses the declared reply and sends nothing")
    func declared() async {
        let web = ScriptedWeb(200)
        let report = await Self.run(
            """
            local r = http.request{ method = "POST", url = "https://api.example/things", json = {},
                planned = { status = 202, json = { id = 7 }, headers = { ["X-Left"] = 5 } } }
            local g = http.get("https://api.example/things/7", { planned = { body = "text" } })
            local ok, e = pcall(http.get, "https://api.example/", { planned = { status = 404 } })
            return { id = r.json.id, status = r.status, left = r.headers["x-left"], body = g.body, g = g.status, e = e.status }
            """, web, outside: .declared)
        #expect(
            report.result == ["body": "text", "e": 404, "g": 200, "id": 7, "left": "5", "status": 202],
            "\(report.failure?.description ?? "")")
        let without = await Self.run(#"http.get("https://api.example/")"#, web, outside: .declared)
        #expect(without.failure?.code == "http_undeclared")
        #expect(without.failure?.hint?.contains("planned =") == true)
        #expect(web.requests.isEmpty)
    }

    @Test("values of secret headers are redacted in all output")
    func secrets() async {
        let web = ScriptedWeb { request, _ in
            let header = request.fields.first { $0.name == "authorization" }?.value ?? ""
            return .json(401, #"{"message":"bad \#(header)"}"#)
        }
        let report = await Self.run(
            """
            print("nothing known yet")
            local ok, e = pcall(http.get, "https://api.example/?t=s3cr3t-canary", { headers = {
                Authorization = "Bearer s3cr3t-canary", ["X-Api-Key"] = "key-canary-2", accept = "text/plain" } })
            print("tells s3cr3t-canary and key-canary-2 and text/plain")
            error(e.message)
            """, web)
        let said = report.printed.joined() + (report.failure?.message ?? "")
        #expect(!said.contains("canary"))
        #expect(said.contains("text/plain"))
        #expect(report.failure?.message.contains("bad <redacted>") == true, "\(report.failure?.message ?? "")")
        #expect(web.requests[0].sensitive == ["authorization", "x-api-key"])
    }

    @Test("a quoted reply shows no part of a secret, wherever the quote ends and whatever white space the secret has")
    func quotedSecrets() async {
        for (secret, before) in (270...310).map({ ("canary-of-a-recipe", $0) }) + [("canary  of a\trecipe", 9)] {
            let web = ScriptedWeb(
                500, String(repeating: "x", count: before) + secret + String(repeating: "y", count: 50))
            let report = await Self.run(
                """
                http.get("https://api.example/", { headers = { ["X-Token"] = "\(secret)" } })
                """, web)
            let message = report.failure?.message ?? ""
            #expect(message.contains("HTTP 500: xxx"), "\(before): \(message)")
            #expect(!message.contains("can"), "\(before): \(message)")
        }
    }
}
