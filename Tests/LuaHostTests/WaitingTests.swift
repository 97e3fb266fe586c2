import LuaHost
import SprunTesting
import Testing

/// Where a script may call a host function that waits, and what it is told where it may not.
@Suite struct WaitingTests {
    @Test(
        arguments: [
            ("the main chunk", "return t.wait(7)"),
            ("pcall", "return select(2, pcall(t.wait, 7))"),
            ("pcall in pcall", "return select(3, pcall(pcall, t.wait, 7))"),
            ("xpcall", "return select(2, xpcall(function() return t.wait(7) end, print))"),
            ("after an error in pcall", "pcall(error) return t.wait(7)"),
            ("a coroutine", "return coroutine.wrap(function() return t.wait(7) end)()"),
            ("a coroutine by resume", "return select(2, coroutine.resume(coroutine.create(t.wait), 7))"),
            (
                "a coroutine in a coroutine",
                "return coroutine.wrap(function() return coroutine.wrap(function() return t.wait(7) end)() end)()"
            ),
            (
                "a coroutine in pcall in a coroutine",
                "return coroutine.wrap(function() return select(2, pcall(coroutine.wrap(t.wait), 7)) end)()"
            ),
            ("__index", "return setmetatable({}, {__index = function(_, k) return t.wait(k) end})[7]"),
            (
                "__newindex",
                "local r; setmetatable({}, {__newindex = function(_, k) r = t.wait(k) end})[7] = 1 return r"
            ),
            ("__call", "return setmetatable({}, {__call = function(_, k) return t.wait(k) end})(7)"),
            ("__add", "return setmetatable({}, {__add = function(_, k) return t.wait(k) end}) + 7"),
            ("__concat", "return setmetatable({}, {__concat = function(_, k) return t.wait(k) end}) .. 7"),
            (
                "__eq",
                "local m = {__eq = function() return t.wait(true) end} return setmetatable({}, m) == setmetatable({}, m) and 7"
            ),
            ("__lt", "return setmetatable({}, {__lt = function() return t.wait(true) end}) < 1 and 7"),
            ("__len", "return #setmetatable({}, {__len = function() return t.wait(7) end})"),
            ("__unm", "return -setmetatable({}, {__unm = function() return t.wait(7) end})"),
            (
                "__close",
                "local r do local c <close> = setmetatable({}, {__close = function() r = t.wait(7) end}) end return r"
            ),
            (
                "__pairs",
                "for k in pairs(setmetatable({}, {__pairs = function() return t.wait(next), {[7] = 1} end})) do return k end"
            ),
            ("an iterator", "for x in function() return t.wait(7) end do return x end"),
            (
                "a closing value of for",
                "local r = 7 for x in function() end, nil, nil, setmetatable({}, {__close = t.wait}) do end return r"
            ),
            ("a loaded chunk", "return load('return t.wait(7)')()"),
            ("a tail call", "local function f() return t.wait(7) end return f()"),
            (
                "a generator",
                "local g = coroutine.wrap(function() for i = 6, 7 do coroutine.yield(t.wait(i)) end end) g() return g()"
            ),
        ])
    func `a script can wait in`(place: String, source: String) async throws {
        let expected: [LuaValue] = [7]
        #expect(try await run(source) == expected, "\(place)")
    }

    @Test(
        arguments: [
            ("table.sort({1, 2}, function() t.wait() end)", "table.sort's comparator"),
            ("coroutine.wrap(function() table.sort({1, 2}, function() t.wait() end) end)()", "table.sort's comparator"),
            ("table.sort({1, 2}, function() coroutine.wrap(function() t.wait() end)() end)", "table.sort's comparator"),
            (
                "table.sort({1, 2}, function() pcall(function() coroutine.wrap(t.wait)() end) error('not caught', 0) end)",
                nil
            ),
            ("('x'):gsub('x', function() t.wait() end)", "string.gsub's replacement function"),
            ("tostring(setmetatable({}, {__tostring = function() t.wait() end}))", "a __tostring called by tostring"),
            ("print(setmetatable({}, {__tostring = function() t.wait() end}))", "a __tostring called by print"),
            (
                "string.format('%s', setmetatable({}, {__tostring = function() t.wait() end}))",
                "a __tostring called by string.format"
            ),
            ("load(function() t.wait() end)", nil),
            ("local ok, e = load(function() t.wait() end) error(e, 0)", "the reader function of load"),
            (
                "table.concat(setmetatable({}, {__len = function() t.wait() end}))",
                "a metamethod called by table.concat"
            ),
            (
                "table.insert(setmetatable({}, {__len = function() t.wait() end}), 1)",
                "a metamethod called by table.insert"
            ),
            (
                "table.unpack(setmetatable({}, {__index = function() t.wait() end}), 1, 2)",
                "a metamethod called by table.unpack"
            ),
            (
                "for _ in ipairs(setmetatable({}, {__index = function() t.wait() end})) do end",
                "a metamethod called by ipairs"
            ),
            (
                "local co = coroutine.create(function() local c <close> = setmetatable({}, {__close = function() t.wait() end}) coroutine.yield() end) "
                    + "coroutine.resume(co) local ok, e = coroutine.close(co) error(e, 0)",
                "a __close metamethod while its coroutine ends"
            ),
            (
                "local _, e = xpcall(error, function() local _, m = pcall(t.wait) return m end) error(e, 0)",
                "xpcall's message handler"
            ),
        ] as [(String, String?)])
    func `a script is told where it cannot wait`(source: String, place: String?) async throws {
        let error = try await failure(source)
        guard let place else {
            #expect(error?.message.contains("not caught") ?? true)
            return
        }
        let message = try #require(error?.message)
        #expect(message.hasSuffix("t.wait() cannot wait inside \(place); call it before, and use its result there"))
    }

    @Test func `an operation that cannot wait is not started`() async throws {
        let started = Recorder<Int>()
        let module = HostModule(
            name: "m",
            functions: [
                HostFunction(
                    "go",
                    async: { _ in
                        started.add(1); return []
                    })
            ])
        let host = try makeHost(modules: [module])
        _ = try await host.run(source: "pcall(table.sort, {1, 2}, m.go)", name: "x.lua")
        #expect(started.all.isEmpty)
    }
}
