import DurableSteps
import Groundwork
import OrderedCollections
import RecipePlanner
import ServerPilot
import SprunTesting
import Synchronization
import Testing

@testable import RecipeEngine

@Suite("A change over HTTP", .timeLimit(.minutes(5)))
struct HTTPChangeTests {
    private static func runner(_ lua: String, _ web: ScriptedWeb) -> DurableRunner {
        DurableRunner(lua, surroundings: { web.surroundings($0) })
    }

    /// A provider that makes machines, once for each idempotency key.
    private final class Provider: Sendable {
        private let made = Mutex<[(key: String?, name: String)]>([])

        var names: [String] { made.withLock { $0.map(\.name) } }

        func answer(_ request: WebRequest) -> ScriptedWeb.Answer {
            let key = request.fields.first { $0.name == "idempotency-key" }?.value
            let name = (try? JSONValue(bytes: request.body))?["name"]?.stringValue ?? "?"
            return made.withLock { made in
                guard request.method == "POST" else {
                    let list = made.map { #"{"name":"\#($0.name)"}"# }.joined(separator: ",")
                    return .json(200, "[\(list)]")
                }
                if key == nil || !made.contains(where: { $0.key == key }) { made.append((key, name)) }
                return .json(201, #"{"name":"\#(name)"}"#)
            }
        }
    }

    private static let twice = """
        local function make(name, fields)
            fields.method, fields.url, fields.json = "POST", "https://api.example/v2/machines", { name = name }
            return http.request(fields).json.name
        end
        local server = sp.find_server{ name = "www1" }
        local one = make("one", FIELDS)
        sp.create_sysuser{ serverid = server.id, name = "acme" }
        local ok, two = pcall(make, "two", FIELDS2)
        local list = http.get("https://api.example/v2/machines").json
        return { one = one, two = ok and two or two.code, count = #list }
        """

    private static func twice(_ fields: String, _ more: String) -> String {
        twice.replacing("FIELDS2", with: more).replacing("FIELDS", with: fields)
    }

    @Test("with an idempotency key is made once, wherever the process crashes")
    func repeatable() async throws {
        let lua = Self.twice(#"{ idempotency_key = "k-1" }"#, #"{ idempotency_key = "k-2" }"#)
        let whole = Provider()
        let fate = Fate()
        let life = try await Self.runner(lua, ScriptedWeb { request, _ in whole.answer(request) }).live(fate)
        #expect(life.result == ["count": 2, "one": "one", "two": "two"], "\(life.failure?.description ?? "")")
        #expect(fate.moments > 12)
        for moment in 1...fate.moments {
            let provider = Provider()
            let runner = Self.runner(lua, ScriptedWeb { request, _ in provider.answer(request) })
            let first = try await runner.live(Fate(dyingAt: moment))
            guard first.failure != nil else { continue }
            let second = try await runner.live()
            #expect(second.result == life.result, "\(moment): \(second.failure?.description ?? "")")
            #expect(provider.names == ["one", "two"], "\(moment)")
        }
    }

    @Test("with lost = \"raise\" is never sent twice, wherever the process crashes")
    func raised() async throws {
        let lua = Self.twice(#"{ lost = "raise" }"#, #"{ lost = "raise" }"#)
        let fate = Fate()
        let whole = Provider()
        _ = try await Self.runner(lua, ScriptedWeb { request, _ in whole.answer(request) }).live(fate)
        for moment in 1...fate.moments {
            let provider = Provider()
            let runner = Self.runner(lua, ScriptedWeb { request, _ in provider.answer(request) })
            let first = try await runner.live(Fate(dyingAt: moment))
            guard first.failure != nil else { continue }
            let second = try await runner.live()
            #expect(Set(provider.names).count == provider.names.count, "\(moment): \(provider.names)")
            let two = second.result?["two"]
            #expect(
                two == "two" || two == "lost_answer" || second.failure?.code == "lost_answer",
                "\(moment): \(second.failure?.description ?? "")")
        }
    }

    @Test("a status decides whether the change was made", arguments: [400, 404, 409, 429, 501])
    func rejected(_ status: Int) async throws {
        let web = ScriptedWeb { _, _ in .json(status, "{}") }
        let life = try await Self.runner(
            #"local ok, e = pcall(http.post_json, "https://api.example/", {}) return { code = e.code, status = e.status }"#,
            web
        ).live()
        #expect(life.result == ["code": "http_status", "status": .integer(Int64(status))])
        #expect(web.requests.count == 1)
    }

    @Test("an ambiguous status is handled by the recipe's options", arguments: [408, 500, 502, 503])
    func ambiguous(_ status: Int) async throws {
        let web = ScriptedWeb { _, _ in .json(status, "{}") }
        let told = try await Self.runner(
            #"local ok, e = pcall(http.post_json, "https://api.example/", {}, { lost = "raise" }) return { code = e.code, status = e.status }"#,
            web
        ).live()
        #expect(told.result == ["code": "lost_answer", "status": .integer(Int64(status))])
        #expect(web.requests.count == 1)
        let asked = try await Self.runner(#"pcall(http.post_json, "https://api.example/", {})"#, web).live()
        #expect(asked.failure?.code == "undecided")
        #expect(web.requests.count == 2)
        let puts = ScriptedWeb { _, number in .json(number < 3 ? status : 200, "{}") }
        let put = try await Self.runner(
            #"return { s = http.request{ method = "PUT", url = "https://api.example/" }.status }"#, puts
        ).live()
        #expect(put.result == ["s": 200])
        #expect(puts.requests.count == 3)
    }

    @Test("a repeated deletion succeeds if the resource is missing")
    func deletion() async throws {
        let web = ScriptedWeb { _, number in number == 1 ? .lost : .json(404, "{}") }
        let life = try await Self.runner(
            #"return { s = http.request{ method = "DELETE", url = "https://api.example/1" }.status }"#, web
        ).live()
        #expect(life.result == ["s": 404])
        let first = ScriptedWeb { _, _ in .json(404, "{}") }
        let missing = try await Self.runner(
            #"http.request{ method = "DELETE", url = "https://api.example/1" }"#, first
        ).live()
        #expect(missing.failure?.code == "http_status")
    }

    @Test("the idempotency key is sent in the header that the recipe names")
    func keyHeader() async throws {
        let web = ScriptedWeb(200)
        _ = try await Self.runner(
            #"http.post_json("https://api.example/", {}, { idempotency_key = "k-1", idempotency_header = "X-Once" })"#,
            web
        ).live()
        #expect(web.requests[0].fields.contains { $0.name == "x-once" && $0.value == "k-1" })
        #expect(web.requests[0].isRepeatable)
    }

    @Test("a person decides whether a lost POST is repeated or skipped")
    func decided() async throws {
        for choice in [EffectDecision.Choice.recreate, .skip] {
            let web = ScriptedWeb { _, number in number == 1 ? .lost : .json(201, "{}") }
            let runner = Self.runner(
                #"local ok, e = pcall(http.post_json, "https://api.example/", {}) return { r = ok and e.status or e.code }"#,
                web)
            let first = try await runner.live()
            #expect(first.failure?.code == "undecided")
            #expect(first.failure?.hint == "resume the run with one of: --recreate, --skip")
            let second = try await runner.live(decision: EffectDecision(choice))
            #expect(second.result == ["r": choice == .skip ? "skipped" : 201], "\(second.failure?.description ?? "")")
            #expect(web.requests.count == (choice == .skip ? 1 : 2))
        }
    }

    @Test("a finished change is replayed without a request, and its secrets are redacted again")
    func replay() async throws {
        let web = ScriptedWeb { _, _ in .json(201, #"{"id":5}"#) }
        let runner = Self.runner(
            """
            local r = http.post_json("https://api.example/", {}, { lost = "raise", headers = { authorization = "Bearer canary-1" } })
            error("stop at " .. r.json.id .. " canary-1")
            """, web)
        for _ in 0..<2 {
            let life = try await runner.live()
            #expect(life.failure?.message.contains("stop at 5 <redacted>") == true, "\(life.failure?.message ?? "")")
        }
        #expect(web.requests.count == 1)
        let written = runner.store.commits.flatMap { $0 }.filter { $0.kind != .ended }
        #expect(!"\(written)".contains("canary"))
    }

    @Test("recorded as a read, or a read recorded as a change, stops the run", arguments: [true, false])
    func otherKind(wasRead: Bool) async throws {
        func lua(_ reads: Bool) -> String {
            """
            local url = "https://api.example/search"
            local r = http.request{ method = "POST", url = url, reads = \(reads), lost = "raise" }
            error("stop at " .. r.json.id)
            """
        }
        let web = ScriptedWeb { _, _ in .json(201, #"{"id":5}"#) }
        let runner = Self.runner(lua(wasRead), web)
        // With a change after it, the request is not repeated because the run failed.
        let change = "sp.create_sshkey{ name = 'k', public_key = 'ssh-ed25519 AAAAk' }\nerror("
        let first = try await runner.live(lua: lua(wasRead).replacing("error(", with: change))
        #expect(first.failure?.message.contains("stop at 5") == true, "\(first.failure?.message ?? "")")
        let second = try await runner.live(lua: lua(!wasRead).replacing("error(", with: change))
        #expect(second.failure?.code == "recipe_changed", "\(second.failure?.description ?? "")")
        #expect(web.requests.count == 1)
    }

    @Test("is part of the plan, and the run must follow it")
    func plan() async throws {
        let web = ScriptedWeb { _, _ in .json(201, #"{"droplet":{"id":99}}"#) }
        let lua = """
            local made = http.post_json("https://api.example/v2/droplets", { name = "m" }, {
                lost = "raise", planned = { status = 201, json = { droplet = { id = 1 } } } })
            http.request{ method = "DELETE", url = "https://api.example/v2/droplets/" .. made.json.droplet.id,
                planned = { status = 204 } }
            """
        let runner = PlannedRunner(lua, surroundings: web.surroundings)
        let plan = try await runner.plan().plan
        #expect(web.requests.isEmpty)
        #expect(
            plan.changes.map(\.words) == [
                "http.post https://api.example/v2/droplets at test.lua:1",
                "http.delete https://api.example/v2/droplets/1 at test.lua:3",
            ])
        _ = try await runner.follow(plan)
        #expect(
            web.lines == [
                "POST https://api.example/v2/droplets", "DELETE https://api.example/v2/droplets/99",
            ])
    }
}
