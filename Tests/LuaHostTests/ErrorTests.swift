import LuaHost
import SprunTesting
import Testing

@Suite struct ErrorTests {
    @Test func `a syntax error has its line`() async throws {
        let error = try #require(try await failure("local x = 1\nlocal = 2"))
        #expect(error.code == .syntax)
        #expect(error.site == LuaCallSite(source: "test.lua", line: 2))
        #expect(error.message == "<name> expected near '='")
        #expect(error.frames.isEmpty)
    }

    @Test func `a runtime error has message, line and traceback, innermost first`() async throws {
        let error = try #require(
            try await failure(
                """
                local function inner() error("boom") end
                function outer()
                    inner()
                end
                outer()
                """))
        #expect(error.code == .runtime)
        #expect(error.message == "boom")
        #expect(error.site == LuaCallSite(source: "test.lua", line: 1))
        #expect(error.value == "test.lua:1: boom")
        #expect(
            error.frames.map(\.description) == [
                "[C]: in error", "test.lua:1: in inner", "test.lua:3: in outer", "test.lua:5: in main chunk",
            ])
        #expect(error.description == "test.lua:1: boom")
    }

    @Test(arguments: [100, 4096, 4097, 100_000])
    func `a traceback has the name of a function whole or not at all`(length: Int) async throws {
        let name = String(repeating: "f", count: length)
        let error = try #require(
            try await failure("local t = {} function t.\(name)() error('x') end local x = t.\(name)()"))
        let shown = length <= 4096 ? name : "(a name of \(length) bytes)"
        #expect(error.frames.contains { $0.function == shown }, "\(error.frames)")
    }

    @Test func `an error of level 2 is about the caller`() async throws {
        let error = try #require(
            try await failure("local function check()\n error('bad', 2)\nend\n\n\ncheck()"))
        #expect(error.site?.line == 6)
        #expect(error.message == "bad")
    }

    @Test func `the traceback goes through coroutines that were wrapped`() async throws {
        let error = try #require(
            try await failure(
                """
                local function deep() t.wait() error("down here") end
                local co = coroutine.wrap(function()
                    deep()
                end)
                co()
                """))
        let lines = error.frames.filter { $0.line != nil }.map(\.line)
        #expect(lines == [1, 3, 5])
        #expect(error.message.contains("down here"))
    }

    @Test(arguments: ["t.fail()", "t.wait_fail()", "t.wait() t.all{t.wait_fail}", "coroutine.wrap(t.fail)()"])
    func `an uncaught error of a host function carries the Swift error`(call: String) async throws {
        let error = try #require(try await failure("\n\(call)"))
        let underlying = (error.underlying as? LuaConcurrentFailure)?.error.underlying ?? error.underlying
        #expect(underlying as? ShopError == ShopError())
        #expect(error.message.hasSuffix("apples are sold out"))
        #expect(error.site?.line == 2)
        guard case .table(let table) = error.value else { throw PlainError() }
        #expect(table["code"] == "sold_out")
        #expect(table["status"] == 409)
    }

    @Test func `a host function shows in the traceback under its name`() async throws {
        let error = try #require(try await failure("local f = t.fail\nf()"))
        #expect(error.frames.map(\.description) == ["[C]: in t.fail", "test.lua:2: in main chunk"])
    }

    @Test func `an error without fields is found again too`() async throws {
        let error = try #require(try await failure("t.fail_plain()"))
        #expect(error.underlying is PlainError)
        #expect(error.message == "plain trouble")
        #expect(error.site?.line == 1)
    }

    @Test func `an error rethrown by the script keeps the Swift error`() async throws {
        let error = try #require(
            try await failure("local ok, e = pcall(t.fail) t.wait() for i = 1, 100 do pcall(t.fail) end error(e)"))
        #expect(error.underlying as? ShopError == ShopError())
    }

    @Test(
        arguments: [
            ("error({})", "(the error value is a table)"),
            ("error()", "(the error value is a nil)"),
            ("error(nil)", "(the error value is a nil)"),
            ("error(12)", "12"),
            ("error(print)", "(the error value is a function)"),
            (
                "error(setmetatable({}, {__tostring = function() error('x') end}))",
                "(the error value is a table whose __tostring fails)"
            ),
            (
                "error(setmetatable({}, {__tostring = function() return {} end}))",
                "(the error value is a table whose __tostring fails)"
            ),
            (
                "error(setmetatable({}, {__tostring = function() t.wait() return 'x' end}))",
                "(the error value is a table whose __tostring fails)"
            ),
            ("error(setmetatable({}, {__tostring = function() return 'mine' end}))", "mine"),
            ("local e = {} e.e = e error(e)", "(the error value is a table)"),
            ("error('\\xff\\xfe', 0)", "\u{FFFD}\u{FFFD}"),
            ("error(coroutine.create(print))", "(the error value is a thread)"),
        ])
    func `whatever is raised has a message`(source: String, message: String) async throws {
        let error = try #require(try await failure(source))
        #expect(error.message == message)
        #expect(error.code == .runtime)
    }

    @Test func `endless recursion is an error of depth`() async throws {
        let error = try #require(try await failure("local function f() return 1 + f() end f()"))
        #expect(error.code == .depth)
        #expect(error.frames.count == 64)
    }

    @Test func `an error handler sees the stack`() async throws {
        let results = try await run(
            "local _, trace = xpcall(function()\n error('x') end, debug.traceback) return trace")
        guard case .string(let trace) = results[0] else { throw PlainError() }
        #expect(trace.hasPrefix("test.lua:2: x\nstack traceback:\n\t[C]: in function 'error'\n\ttest.lua:2: in"))
    }

    @Test func `pending close variables run after an uncaught error`() async throws {
        let lines = Recorder<String>()
        let host = try makeHost(print: { lines.add($0) })
        await #expect(throws: LuaError.self) {
            try await host.run(
                source: "local c <close> = setmetatable({}, {__close = function() print('closed') end}) error('x')",
                name: "c.lua")
        }
        #expect(lines.all == ["closed"])
    }

    @Test func `an argument of the wrong type is named`() async throws {
        let error = try #require(try await failure("t.add(1, 'x')"))
        #expect(error.message == "t.add: argument 2 (b): expected integer, got string")
        #expect(error.underlying is LuaArgumentError)
    }

    @Test func `Swift errors that Lua has dropped are dropped`() async throws {
        let host = try makeHost()
        _ = try await host.run(
            source: "for i = 1, 5000 do pcall(t.fail) if i % 100 == 0 then t.wait() end end", name: "e.lua")
        await host.collectGarbage()
        #expect(await host.statistics.liveHandles == 0)
    }
}
