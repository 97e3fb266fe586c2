@testable import LuaHost
import Testing

/// What one module can do to another.
@Suite("Environments")
struct EnvironmentTests {
    private static func module(_ name: String, saying word: String) -> HostModule {
        HostModule(
            name: name,
            functions: [HostFunction("word", sync: { _ in [.string(word)] })],
            constants: [.init("list", .table([1, 2]))])
    }

    private func run(_ source: String, on host: LuaHost, in environment: LuaEnvironment?) async throws -> [LuaValue] {
        let function = try await host.load(source: Array(source.utf8), name: "m.lua", in: environment)
        return try await host.call(function)
    }

    @Test("a change in one environment is not visible in another")
    func isolated() async throws {
        let host = try LuaHost(modules: [Self.module("own", saying: "first")])
        let one = try await host.makeEnvironment(modules: [Self.module("own", saying: "one")])
        let other = try await host.makeEnvironment(modules: [Self.module("own", saying: "other")])
        let tampering = """
            shared = 1
            string.upper = function() return "tampered" end
            string.extra, table.extra, math.pi = print, print, 3
            table.concat = nil
            own.list[1] = 99
            tostring = function() return "tampered" end
            _G.pairs = nil
            load("loaded = 1")()
            getmetatable("").__index = {}
            """
        for line in tampering.split(separator: "\n") {
            _ = try? await run(String(line), on: host, in: one)
        }
        let question = """
            return ("x"):upper(), string.upper("x"), string.extra, table.extra, math.pi > 3.1, table.concat ~= nil,
                own.list[1], tostring(1), pairs ~= nil, rawget(_G, "shared"), rawget(_G, "loaded"), own.word()
            """
        let pristine: [LuaValue] = ["X", "X", .nil, .nil, true, true, 1, "1", true, .nil, .nil]
        #expect(try await run(question, on: host, in: other) == pristine + ["other"])
        #expect(try await run(question, on: host, in: nil) == pristine + ["first"])
        #expect(try await run("return shared, loaded, own.word()", on: host, in: one) == [1, 1, "one"])
    }

    @Test(
        "the metatable of strings cannot be reached",
        arguments: [
            "return getmetatable('')", "return getmetatable('').__index", "setmetatable('', {})",
            "return debug.getmetatable('')", "return debug.getregistry()", "return debug.setupvalue(print, 1, 1)",
        ])
    func stringMethods(_ source: String) async throws {
        let host = try LuaHost()
        let environment = try await host.makeEnvironment()
        let values = try? await run(source, on: host, in: environment)
        #expect(values == nil || values == [false], "\(String(describing: values))")
    }

    @Test("the error for an unknown name suggests names of the same environment")
    func strict() async throws {
        let host = try LuaHost(modules: [Self.module("own", saying: "first")])
        let environment = try await host.makeEnvironment(modules: [Self.module("theirs", saying: "one")])
        await #expect(throws: LuaError.self) { try await run("return own", on: host, in: environment) }
        do {
            _ = try await run("return word", on: host, in: environment)
            Issue.record("an unknown name was nothing")
        } catch let error as LuaError {
            #expect(error.message == "undefined global 'word' (did you mean 'theirs.word'?)")
        }
    }

    @Test("a global host function exists only in its environment, and may wait")
    func globals() async throws {
        let host = try LuaHost()
        let ask = HostFunction("ask", async: { call in [.string(try call.arguments.string(0) + "!")] })
        let environment = try await host.makeEnvironment(functions: [ask])
        #expect(try await run("return ask('a')", on: host, in: environment) == ["a!"])
        await #expect(throws: LuaError.self) { try await run("return ask('a')", on: host, in: nil) }
        do {
            _ = try await run("return ask(1)", on: host, in: environment)
            Issue.record("a wrong argument was taken")
        } catch let error as LuaError {
            #expect(error.message == "ask: argument 1: expected string, got integer")
        }
    }

    @Test("Lua can get and call a host function")
    func made() async throws {
        let host = try LuaHost()
        let function = try await host.makeFunction(
            HostFunction("twice", async: { call in [.integer(try call.arguments.integer(0) * 2)] }))
        let taking = try await host.load(source: Array("local f = ... return f(21)".utf8), name: "m.lua")
        #expect(try await host.call(taking, arguments: [.function(function)]) == [42])
        #expect(try await host.call(function, arguments: [4]) == [8])
    }

    @Test("a function of another host is rejected")
    func foreign() async throws {
        let host = try LuaHost()
        let environment = try await LuaHost().makeEnvironment()
        await #expect(throws: LuaError.self) { try await host.load(source: [], name: "m.lua", in: environment) }
    }

    @Test("a thousand released environments leave no memory behind")
    func released() async throws {
        let host = try LuaHost()
        func use() async throws {
            let environment = try await host.makeEnvironment(modules: [Self.module("own", saying: "one")])
            #expect(try await run("kept = 1 return own.word()", on: host, in: environment) == ["one"])
        }
        try await use()
        await host.collectGarbage()
        let before = await host.statistics
        for _ in 0..<1000 { try await use() }
        await host.collectGarbage()
        let after = await host.statistics
        #expect(after.liveHandles == before.liveHandles)
        #expect(after.bytesInUse < before.bytesInUse + 20_000, "\(before.bytesInUse) to \(after.bytesInUse)")
    }

    @Test("running out of memory while an environment is created is an error, and the next environment works")
    func memory() async throws {
        let host = try LuaHost()
        var failed = 0
        for number in UInt64(1)...2000 {
            await host.failAllocations(number..<number + 1_000_000)
            do {
                _ = try await host.makeEnvironment(modules: [Self.module("own", saying: "one")])
            } catch {
                failed += 1
                await host.failAllocations(0..<0)
                continue
            }
            await host.failAllocations(0..<0)
            break
        }
        #expect(failed > 20 && failed < 2000)
        let environment = try await host.makeEnvironment(modules: [Self.module("own", saying: "one")])
        #expect(try await run("return own.word()", on: host, in: environment) == ["one"])
    }
}
