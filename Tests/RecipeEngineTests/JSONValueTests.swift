import Groundwork
import LuaHost
import OrderedCollections
import RecipeEngine
import ServerPilot
import SprunTesting
import Testing

/// What a recipe reads as JSON and sends back is the same.
@Suite("JSON in recipes", .timeLimit(.minutes(2)))
struct JSONValueTests {
    /// Runs a recipe with `document` read, and gives what it posted.
    private static func posted(_ document: String, _ lua: String) async throws -> [String] {
        let web = ScriptedWeb { _, _ in .json(200, document) }
        let report = await RecipeStage().run(
            "local url = 'https://api.example/'\nlocal document = http.get(url).json\n" + lua,
            surroundings: web.surroundings)
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        return web.requests.dropFirst().map { String(decoding: $0.body, as: UTF8.self) }
    }

    @Test(
        "a document that is read and sent back is unchanged",
        arguments: [
            "{}", "[]", "[null]", #"["a",null,"c"]"#, #"[null,null,{"a":[]}]"#, #"{"a":{},"b":[],"c":[[],{},[{}]]}"#,
            #"{"id":18446744073709551615}"#, #"[-9223372036854775809,9223372036854775807]"#, #"{"x":1.5,"y":1e+300}"#,
            "[" + String(repeating: "9", count: 400) + "]",
        ])
    func roundTrip(_ document: String) async throws {
        #expect(try await Self.posted(document, "http.post_json(url, document, { lost = 'raise' })") == [document])
    }

    @Test("null keeps its position in a list, is comparable, and is nil as a field")
    func null() async throws {
        let bodies = try await Self.posted(
            #"{"items":["a",null,"c"],"none":null}"#,
            """
            local count = 0
            for _ in ipairs(document.items) do count = count + 1 end
            assert(count == 3 and #document.items == 3 and document.none == nil)
            assert(document.items[2] == sp.null and document.items[1] ~= sp.null)
            http.post_json(url, { list = { sp.null, "x" }, member = sp.null, count = count }, { lost = "raise" })
            """)
        #expect(bodies == [#"{"count":3,"list":[null,"x"],"member":null}"#])
    }

    @Test("a float with a whole value is sent as an integer, everywhere")
    func wholeFloats() async throws {
        let bodies = try await Self.posted(
            #"{"size":50}"#,
            """
            http.post_json(url, { half = document.size / 2, third = document.size / 4, big = 2.0 ^ 63, zero = -0.0 },
                { lost = "raise", ok = { 200.0 } })
            http.request{ method = "PUT", url = url, form = { size = document.size / 2, x = 0.5 } }
            """)
        #expect(bodies == [#"{"big":9.223372036854776e+18,"half":25,"third":12.5,"zero":0}"#, "size=25&x=0.5"])
    }

    @Test("an integer beyond 64 bits keeps its digits in requests, strings and results")
    func largeIntegers() async throws {
        let web = ScriptedWeb { _, _ in .json(200, #"{"id":18446744073709551615}"#) }
        let report = await RecipeStage().run(
            """
            local id = http.get("https://api.example/").json.id
            http.request{ method = "PUT", url = "https://api.example/" .. id, form = { id = id }, headers = { ["x-id"] = id } }
            print(id)
            sp.log(id)
            return { id = id, label = "id-" .. id, ids = { id } }
            """, surroundings: web.surroundings)
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        #expect(
            report.result?.text()
                == #"{"id":18446744073709551615,"ids":[18446744073709551615],"label":"id-18446744073709551615"}"#)
        #expect(web.lines.last == "PUT https://api.example/18446744073709551615")
        #expect(web.requests.last.map { String(decoding: $0.body, as: UTF8.self) } == "id=18446744073709551615")
        #expect(report.printed == ["18446744073709551615"])
    }

    @Test("an empty result is an object, and an empty list that was read stays a list at the top")
    func empty() async throws {
        #expect(await RecipeStage().run("return {}").result?.text() == "{}")
        #expect(await RecipeStage().run("sp.result{}").result?.text() == "{}")
        let bodies = try await Self.posted("{}", "http.post_json(url, sp.apps{ name = 'nobody' }, { lost = 'raise' })")
        #expect(bodies == ["[]"])
    }

    @Test(
        "every function rejects a list with a hole and names the position",
        arguments: [
            ("sp.all{ print, nil, print }", "item 2 is nil while item 3 is not"),
            ("sp.each({ 1, nil, 3 }, print)", "item 2 is nil while item 3 is not"),
            ("sp.add_domains('abc', { 'a.example', nil, 'c.example' })", "item 2 is nil while item 3 is not"),
            (
                "http.post_json('https://api.example/', { ids = { 1, nil, 3 } })",
                "json.ids is a list whose item 2 is nil"
            ),
            ("http.get('https://api.example/', { ok = { 200, nil, 404 } })", "ok must be a list of HTTP statuses"),
            ("sp.result{ list = { 1, nil, 3 } }", "'list' is a list whose item 2 is nil"),
            ("return { list = { 1, nil, 3 } }", "a list whose item 2 is nil"),
            ("sp.newest_runtime{ 'php8.1', nil, 'php8.3' }", "item 2 is nil while item 3 is not"),
        ])
    func holes(lua: String, reason: String) async {
        let report = await RecipeStage().run(lua, surroundings: ScriptedWeb().surroundings)
        #expect(report.failure?.message.contains(reason) == true, "\(report.failure?.description ?? "none")")
        #expect(report.requests == [])
    }
}
