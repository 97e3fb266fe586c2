import LuaHost
import Testing

/// A script's own coroutines work as in plain Lua, across waits.
@Suite struct CoroutineTests {
    @Test func `nested generators that wait yield to their own callers`() async throws {
        let script = """
            local function range(n)
                return coroutine.wrap(function() for i = 1, n do t.wait() coroutine.yield(t.wait(i)) end end)
            end
            local function pairs_of(n)
                return coroutine.wrap(function()
                    for a in range(n) do
                        for b in range(n) do
                            t.wait()
                            coroutine.yield(a, b)
                        end
                    end
                end)
            end
            local out = {}
            for a, b in pairs_of(3) do out[#out + 1] = a * 10 + t.wait(b) end
            return table.concat(out, " ")
            """
        #expect(try await run(script) == ["11 12 13 21 22 23 31 32 33"])
    }

    @Test(
        arguments: [
            ("return coroutine.resume(coroutine.create(function() error('x', 0) end))", [false, "x"]),
            ("return coroutine.resume(coroutine.create(function() t.wait_fail() end))", nil),
            (
                "local co = coroutine.create(print) coroutine.resume(co) return coroutine.resume(co)",
                [false, "cannot resume dead coroutine"]
            ),
            ("return coroutine.resume(coroutine.running())", [false, "cannot resume non-suspended coroutine"]),
            ("return pcall(coroutine.wrap(function() error('x') end))", [false, "test.lua:1: x"]),
            ("return select(2, coroutine.running()), coroutine.isyieldable()", [true, false]),
            (
                "return coroutine.wrap(function() t.wait() return select(2, coroutine.running()), coroutine.isyieldable() end)()",
                [false, true]
            ),
            (
                "local co co = coroutine.create(function() t.wait() return coroutine.status(co) end) return coroutine.resume(co)",
                [true, "running"]
            ),
            (
                "local co = coroutine.create(print) return coroutine.status(co), coroutine.close(co), coroutine.status(co)",
                ["suspended", true, "dead"]
            ),
            ("return pcall(coroutine.yield, 1)", [false, "attempt to yield from outside a coroutine"]),
            ("return pcall(coroutine.close, coroutine.running())", [false, "cannot close a running coroutine"]),
            (
                "local co = coroutine.wrap(function(...) local x = coroutine.yield(...) return x, t.wait(3) end) local a, b = co(1, 2) return a, b, co(9)",
                [1, 2, 9, 3]
            ),
            (
                "local co = coroutine.create(function() local c <close> = setmetatable({}, {__close = function() error('late', 0) end}) coroutine.yield() end) "
                    + "coroutine.resume(co) return coroutine.close(co)", [false, "late"]
            ),
        ] as [(String, [LuaValue]?)])
    func `coroutine functions do as in plain Lua`(source: String, expected: [LuaValue]?) async throws {
        let results = try await run(source)
        if let expected { #expect(results == expected) } else { #expect(results.first == false) }
    }

    @Test func `a coroutine that waits cannot be resumed by another`() async throws {
        let script = """
            local co = coroutine.create(function() return t.wait("mine") end)
            local ok, value, stolen, status
            t.all{
                function() ok, value = coroutine.resume(co) end,
                function() status = coroutine.status(co) stolen = { coroutine.resume(co, "loot") } end,
            }
            return ok, value, status, stolen
            """
        let expected: [LuaValue] = [
            true, "mine", "normal", .table([false, "cannot resume a coroutine that waits for the host"]),
        ]
        #expect(try await run(script) == expected)
    }

    @Test func `the coroutine of a function at once cannot be resumed or closed by another`() async throws {
        let script = """
            local root, first, second
            t.all{
                function() root = coroutine.running() return t.wait() end,
                function() first = { coroutine.resume(root) } second = { pcall(coroutine.close, root) } end,
            }
            return first[2], second[2], coroutine.status(root)
            """
        let expected: [LuaValue] = [
            "cannot resume a coroutine that waits for the host", "cannot close a coroutine that the host runs", "dead",
        ]
        #expect(try await run(script) == expected)
    }

    @Test func `closing a coroutine that waits cancels what it waits for`() async throws {
        let script = """
            local closed = false
            local co = coroutine.create(function()
                local c <close> = setmetatable({}, { __close = function() closed = true end })
                t.park()
            end)
            local result, after, close
            t.all{
                function() result = { coroutine.resume(co) } after = t.wait("goes on") end,
                function() close = coroutine.close(co) end,
            }
            return closed, close, result, after, coroutine.status(co)
            """
        let expected: [LuaValue] = [
            true, true, .table([false, "the coroutine was closed while it waited"]), "goes on", "dead",
        ]
        let host = try makeHost()
        #expect(try await host.run(source: script, name: "x.lua") == expected)
        #expect(await host.statistics.pendingOperations == 0)
    }

    @Test func `a coroutine made in one function and resumed in another waits there`() async throws {
        let script = """
            local co = coroutine.wrap(function() for i = 1, 4 do coroutine.yield(t.wait(i)) end end)
            local a = co()
            local list = t.all({ function() return co() end, function() return co() end }, 1)
            return a, list, co()
            """
        #expect(try await run(script) == [1, .table([2, 3]), 4])
    }

    @Test func `deep nesting of resumes is an error and not a crash`() async throws {
        let error = try #require(
            try await failure("local function f() return coroutine.wrap(f)() end f()"))
        #expect(error.code == .depth)
    }

    @Test func `a wait through a hundred coroutines reaches the host`() async throws {
        let script = """
            local function f(n) if n == 0 then return t.wait("deep") end return coroutine.wrap(f)(n - 1) end
            return f(100)
            """
        #expect(try await run(script) == ["deep"])
    }

    /// Lua 5.4.4 crashes from 40,000.
    @Test func `deep nesting of closes is an error and not a crash`() async throws {
        let script = """
            local co
            for i = 1, 50000 do
                local inner = co
                co = coroutine.create(function()
                    local c <close> = setmetatable({}, { __close = function() if inner then assert(coroutine.close(inner)) end end })
                    coroutine.yield()
                end)
                coroutine.resume(co)
            end
            return coroutine.close(co)
            """
        let results = try await run(script)
        #expect(results.first == false)
        guard case .string(let message) = results[1] else { throw PlainError() }
        #expect(message.contains("closed from one another too deeply"))
    }

    /// Each close starts anew to count C calls, so the native stack holds the product of both.
    @Test func `closes and resumes nested in one another are an error and not a crash`() async throws {
        let script = """
            local function close_over(inner)
                local co = coroutine.create(function()
                    local c <close> = setmetatable({}, { __close = function() inner() end })
                    coroutine.yield()
                end)
                coroutine.resume(co)
                return function() assert(coroutine.close(co)) end
            end
            local function resume_over(n, inner)
                return function()
                    local function f(k) if k == 0 then return inner() end return coroutine.wrap(f)(k - 1) end
                    return f(n)
                end
            end
            local f = function() end
            for i = 1, 100 do f = close_over(resume_over(150, f)) end
            return pcall(f)
            """
        #expect(try await run(script).first == false)
    }
}
