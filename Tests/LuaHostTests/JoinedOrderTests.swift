import LuaHost
import SprunTesting
import Testing

/// One order: random scripts do the same in this process and in another, where slices are sent together.
@Suite("The order of a run", .timeLimit(.minutes(5)))
struct JoinedOrderTests {
    private static let scripts = 40

    @Test("is the same in this process and in another, for any coroutines")
    func sameOrder() async throws {
        var random = TestRandom()
        for number in 1...Self.scripts {
            var writer = ScriptWriter(random: TestRandom(seed: random.next()))
            let script = writer.script()
            let here = try await Self.events(of: script, .inProcess)
            let there = try await Self.events(of: script, try ownProcess())
            #expect(here == there, "script \(number) of SPRUN_SEED=\(random.seed):\n\(script)")
            guard here == there else { return }
            #expect(try await Self.events(of: script, try ownProcess()) == there)
        }
    }

    /// Returns the calls of a script and its end, in order.
    private static func events(of script: String, _ isolation: LuaIsolation) async throws -> [String] {
        let events = Recorder<String>()
        let configuration = LuaHostConfiguration(
            limits: .patient, seed: 1, isolation: isolation, print: { events.add("print \($0)") })
        let host = try LuaHost(configuration: configuration, modules: [module(events)])
        do throws(LuaError) {
            let results = try await host.run(source: script, name: "test.lua")
            events.add("returns \(results)")
        } catch {
            let isPlain = (error.underlying as? LuaConcurrentFailure)?.error.underlying is PlainError
            events.add("fails \(error.code) \(error.message) \(isPlain)")
        }
        let statistics = await host.statistics
        events.add("leaves \(statistics.liveCoroutines) \(statistics.pendingOperations)")
        return events.all
    }

    private static func module(_ events: Recorder<String>) -> HostModule {
        HostModule(
            name: "m",
            functions: [
                HostFunction(
                    "log",
                    sync: { arguments in
                        events.add("log \(arguments.coroutine) \(arguments.number) \(arguments.values)")
                        return []
                    }),
                HostFunction("fail", sync: { _ in throw PlainError(description: "no") }),
                HostFunction(
                    "wait",
                    async: { call in
                        events.add("wait \(call.path) \(call.number) \(call.arguments.values)")
                        for _ in 0..<(try call.arguments.integer(0)) { await Task.yield() }
                        events.add("waited \(call.path) \(call.number) \(Task.isCancelled)")
                        return call.arguments.values
                    }),
                HostFunction(
                    "wait_fail",
                    async: { call in
                        for _ in 0..<(try call.arguments.integer(0)) { await Task.yield() }
                        throw PlainError(description: "trouble of \(call.path)")
                    }),
                HostFunction(
                    "park",
                    async: { call in
                        for _ in 0..<100 where !Task.isCancelled { await Task.yield() }
                        events.add("parked \(call.path) \(Task.isCancelled)")
                        throw CancellationError()
                    }),
                HostFunction(
                    "all",
                    async: { call in
                        let limit = Int(try call.arguments.integer(0))
                        let functions = call.arguments.values.compactMap { value in
                            if case .function(let function) = value { LuaInvocation(function) } else { nil }
                        }
                        let results = try await call.concurrently(functions, limit: limit == 0 ? nil : limit)
                        events.add("all \(call.path) \(call.number)")
                        return results.map { $0.first ?? .nil }
                    }),
            ])
    }
}

/// Writes random scripts whose coroutines wait, end, fail, call, print, close and cancel one another.
private struct ScriptWriter {
    var random: TestRandom
    private var coroutines = 0

    init(random: TestRandom) { self.random = random }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    mutating func script() -> String {
        """
        local order, shared, waiting = {}, {}, {}
        local function note(x) order[#order + 1] = x .. ":" .. math.random(9) end
        \(all(depth: 0))
        \(all(depth: 0))
        return table.concat(order, " ")
        """
    }

    private mutating func all(depth: Int) -> String {
        let count = 1 + below(depth == 0 ? 30 : 4)
        let functions = (0..<count).map { _ in function(depth: depth) }.joined(separator: ",\n")
        let call = "m.all(\(below(3) == 0 ? 1 + below(4) : 0), \(functions))"
        return below(2) == 0 ? "pcall(function() \(call) end)" : "print(pcall(function() return \(call) end))"
    }

    private mutating func function(depth: Int) -> String {
        coroutines += 1
        let name = coroutines
        let steps = (0..<below(7)).map { _ in step(name, depth: depth) }.joined(separator: " ")
        return "function() \(steps) note(\(name)) return \(name) end"
    }

    /// Returns a step of a coroutine; most steps only wait, so that slices are joined.
    private mutating func step(_ name: Int, depth: Int) -> String {
        switch below(depth == 0 ? 32 : 26) {
        case 0...12: return "note(\(name)) m.wait(\(below(4)))"
        case 13: return "m.log(\(name), #order)"
        case 14: return "print(\(name), #order)"
        case 15: return "note(tostring(pcall(m.wait_fail, \(below(3)))))"
        case 16: return "note((select(2, pcall(m.fail))))"
        case 17: return "shared[#shared + 1] = m.wait(#shared % 3)"
        case 18: return below(4) == 0 ? "error('bad \(name)')" : "note(\(name))"
        case 19: return below(4) == 0 ? "m.wait_fail(1)" : "m.wait(0)"
        case 20: return below(6) == 0 ? "do return end" : "m.wait(1)"
        case 21:
            return """
                do local co = coroutine.create(function() m.wait(2) m.park() end) waiting[#waiting + 1] = co
                note(tostring(coroutine.resume(co))) end
                """
        case 22:
            return "if #waiting > 0 then note(tostring(pcall(coroutine.close, table.remove(waiting, 1)))) end"
        case 23: return "coroutine.wrap(function() for i = 1, 3 do m.wait(i % 2) note(i) end end)()"
        case 24: return below(8) == 0 ? "pcall(m.park)" : "m.wait(0)"
        case 25: return "local c\(below(1_000_000)) <close> = setmetatable({}, { __close = function() note('c') end })"
        default: return all(depth: depth + 1)
        }
    }
}
