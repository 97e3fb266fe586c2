import DurableSteps
import Groundwork
import OrderedCollections
import RecipePlanner
import ServerPilot
import SprunTesting
import Synchronization
import Testing

@testable import RecipeEngine

/// `http.request{ find = … }`: a lost reply of an API that sprun does not know is looked for by the author's function.
@Suite("A request with a find function", .timeLimit(.minutes(5)))
struct HTTPFindTests {
    /// A provider that makes a machine for each POST, without idempotency keys.
    private final class Provider: Sendable {
        private let state = Mutex<(made: [String], lost: Int)>(([], 0))

        /// Creates a provider that loses the replies to this many POSTs; it makes the machine nevertheless.
        init(_ made: [String] = [], losing lost: Int = 0) { state.withLock { $0 = (made, lost) } }

        var names: [String] { state.withLock { $0.made } }

        func answer(_ request: WebRequest) -> ScriptedWeb.Answer {
            state.withLock { state in
                guard request.method == "POST" else {
                    let list = state.made.enumerated().map { #"{"id":\#($0 + 1),"name":"\#($1)"}"# }
                    return .json(200, "[\(list.joined(separator: ","))]")
                }
                let name = (try? JSONValue(bytes: request.body))?["name"]?.stringValue ?? "?"
                state.made.append(name)
                state.lost -= 1
                return state.lost >= 0 ? .lost : .json(201, #"{"id":\#(state.made.count),"name":"\#(name)"}"#)
            }
        }
    }

    private static func runner(_ lua: String, _ provider: Provider) -> DurableRunner {
        let web = ScriptedWeb { request, _ in provider.answer(request) }
        return DurableRunner(lua, surroundings: { web.surroundings($0) })
    }

    private static let make = """
        local url = "https://api.example/v2/machines"
        local function make(name)
            return http.request{ method = "POST", url = url, json = { name = name }, find = function()
                for _, machine in ipairs(http.get(url).json) do
                    if machine.name == name then return machine end
                end
            end }.json
        end

        """

    private static let lua =
        make + """
            local one = make("one")
            local server = sp.find_server{ name = "www1" }
            sp.create_sysuser{ serverid = server.id, name = "acme" }
            local more = sp.each({ "two", "three" }, function(name) return make(name).name end)
            return { one = one.name, more = table.concat(more, " "), count = #http.get(url).json }
            """

    private static let result: JSONValue = ["count": 3, "more": "two three", "one": "one"]

    @Test("creates each resource once, wherever the process crashes")
    func crashes() async throws {
        let (fate, whole) = (Fate(), Provider())
        let life = try await Self.runner(Self.lua, whole).live(fate)
        #expect(life.result == Self.result, "\(life.failure?.description ?? "")")
        #expect(fate.moments > 20)
        for moment in 1...fate.moments {
            let provider = Provider()
            let runner = Self.runner(Self.lua, provider)
            let first = try await runner.live(Fate(dyingAt: moment))
            guard first.failure != nil else { continue }
            let second = try await runner.live()
            #expect(second.result == Self.result, "\(moment): \(second.failure?.description ?? "")")
            #expect(provider.names.sorted() == ["one", "three", "two"], "\(moment)")
            let third = try await runner.live()
            #expect(third.result == Self.result, "\(moment): \(third.failure?.description ?? "")")
            #expect(provider.names.count == 3, "\(moment)")
        }
    }

    @Test("adopts the result of a request whose reply was lost, and warns")
    func adopted() async throws {
        let provider = Provider(losing: 1)
        let runner = Self.runner(Self.make + "local r = make('one') return { id = r.id, name = r.name }", provider)
        let life = try await runner.live()
        #expect(life.result == ["id": 1, "name": "one"], "\(life.failure?.description ?? "")")
        #expect(provider.names == ["one"])
        #expect(
            runner.warnings == [
                "http.post https://api.example/v2/machines: no reply arrived, but find found the result"
            ])
    }

    @Test("sends the request again if its result does not exist")
    func repeated() async throws {
        let web = ScriptedWeb { request, number in
            guard request.method == "POST" else { return .json(200, "[]") }
            return number == 2 ? .lost : .json(201, #"{"id":7,"name":"one"}"#)
        }
        let life = try await DurableRunner(
            Self.make + "return { id = make('one').id }", surroundings: { web.surroundings($0) }
        ).live()
        #expect(life.result == ["id": 7], "\(life.failure?.description ?? "")")
        // One look before, two looks while a late request could still arrive, and the second request.
        #expect(web.requests.map(\.method) == ["GET", "POST", "GET", "GET", "POST"])
    }

    @Test("does not adopt a resource that existed before")
    func before() async throws {
        let provider = Provider(["one"], losing: 1)
        // The new machine has the same name: find returns the old one first.
        let life = try await Self.runner(Self.make + "make('one')", provider).live()
        #expect(life.failure == nil, "\(life.failure?.description ?? "")")
        #expect(provider.names.count == 3, "find saw only the old machine, so the request was sent again")
        let second = Provider(["one"], losing: 1)
        let latest = Self.make.replacing(
            "ipairs(http.get(url).json) do", with: "ipairs(reversed(http.get(url).json)) do")
        let reversed =
            "local function reversed(t) local r = {} for i = #t, 1, -1 do r[#r + 1] = t[i] end return r end\n"
        let found = try await Self.runner(reversed + latest + "return { id = make('one').id }", second).live()
        #expect(found.result == ["id": 2], "\(found.failure?.description ?? "")")
        #expect(second.names.count == 2)
    }

    @Test("reads the id from the second result, the field id, the only field's id, or the whole value")
    func ids() async throws {
        let forms = [
            "{ name = m.name }, m.id", "m", "{ machine = m }", "{ name = m.name, size = m.id }",
            "{ name = m.name }, tostring(m.id)",
        ]
        for form in forms {
            let provider = Provider(["one"], losing: 1)
            let lua = """
                local url = "https://api.example/v2/machines"
                local r = http.request{ method = "POST", url = url, json = { name = "one" }, find = function()
                    local all = http.get(url).json
                    local m = all[#all]
                    return \(form)
                end }
                return { status = r.status }
                """
            let life = try await Self.runner(lua, provider).live()
            #expect(life.result == ["status": 200], "\(form): \(life.failure?.description ?? "")")
            #expect(provider.names.count == 2, "\(form)")
        }
    }

    @Test(
        "can only read",
        arguments: [
            (
                "sp.create_sysuser{ serverid = server.id, name = 'xyz' }",
                "sp.create_sysuser: a find function can only read"
            ),
            ("http.post_json(url, {})", "http.post: a find function can only read"),
            ("sp.each({ 1 }, function() http.post_json(url, {}) end)", "http.post: a find function can only read"),
            ("ssh.run{ host = 'h.example', script = 'true' }", "ssh.run: a find function can only read"),
            ("error('no list')", "no list"),
            ("do return 'text' end", "find must return a table for the reply's json, or nil; it returned a string"),
        ])
    func onlyLooks(_ body: String, _ message: String) async throws {
        let provider = Provider()
        let lua = """
            local url = "https://api.example/v2/machines"
            local server = sp.find_server{ name = "www1" }
            http.request{ method = "POST", url = url, json = { name = "one" }, find = function()
                \(body)
            end }
            """
        let life = try await Self.runner(lua, provider).live()
        #expect(life.failure?.message.contains(message) == true, "\(life.failure?.message ?? "no failure")")
        #expect(provider.names.isEmpty && life.changes.isEmpty)
    }

    @Test("can read the account and wait, without entries in the journal")
    func reads() async throws {
        let provider = Provider(losing: 1)
        let lua = """
            local url = "https://api.example/v2/machines"
            local r = http.request{ method = "POST", url = url, json = { name = "one" }, find = function()
                sp.sleep("1s")
                local names = sp.each(sp.servers(), function(s) return s.name end)
                for _, m in ipairs(http.get(url).json) do
                    if m.name == "one" then return { name = m.name, servers = #names, at = sp.time() > 0, r = math.random() } end
                end
            end }
            return { servers = r.json.servers, at = r.json.at }
            """
        let runner = Self.runner(lua, provider)
        let life = try await runner.live()
        #expect(life.result == ["at": true, "servers": 2], "\(life.failure?.description ?? "")")
        let kinds = try await runner.store.entries(of: runner.header.id).map(\.kind)
        #expect(kinds == [.intent, .outcome, .ended], "the calls of find are no steps")
        let again = try await runner.live()
        #expect(again.result == life.result, "\(again.failure?.description ?? "")")
    }

    @Test(
        "rejects conflicting options",
        arguments: [
            (#"idempotency_key = "k""#, "pass only one of find, idempotency_key and lost"),
            (#"lost = "raise""#, "pass only one of find, idempotency_key and lost"),
            (#"reads = true"#, "find is only for changes; sprun repeats a POST request anyway"),
            (#"find = "x""#, "find must be a function"),
        ])
    func contradictions(_ option: String, _ message: String) async throws {
        let life = try await Self.runner(
            #"http.request{ method = "POST", url = "https://api.example/", find = function() end, \#(option) }"#,
            Provider()
        ).live()
        #expect(life.failure?.message.contains(message) == true, "\(life.failure?.message ?? "no failure")")
    }

    @Test("a find function that fails after a lost reply leaves the run to be resumed")
    func unfinished() async throws {
        let provider = Provider(losing: 1)
        let counted = Self.make.replacing(
            "for _, machine", with: "looks = looks + 1 if looks > 1 and BROKEN then error('down') end for _, machine")
        let runner = Self.runner("", provider)
        let failing = "local looks = 0\n" + counted
        let first = try await runner.live(lua: failing.replacing("BROKEN", with: "true") + "make('one')")
        #expect(first.failure?.code == "unfinished_change", "\(first.failure?.description ?? "")")
        #expect(first.failure?.message.contains("down") == true)
        let second = try await runner.live(
            lua: failing.replacing("BROKEN", with: "false") + "return { id = make('one').id }")
        #expect(second.result == ["id": 1], "\(second.failure?.description ?? "")")
        #expect(provider.names == ["one"])
    }

    @Test("is not called in a plan")
    func plan() async throws {
        let web = ScriptedWeb { _, _ in .json(201, #"{"id":9}"#) }
        let lua = """
            http.request{ method = "POST", url = "https://api.example/", planned = { status = 201, json = { id = 1 } },
                find = function() error("called") end }
            """
        let plan = try await PlannedRunner(lua, surroundings: web.surroundings).plan().plan
        #expect(plan.changes.count == 1 && web.requests.isEmpty)
    }
}
