import LuaHost
import Testing

@Suite struct StrictNamesTests {
    @Test(
        arguments: [
            ("server = 1 return sevrer", "undefined global 'sevrer' (did you mean 'server'?)"),
            ("local server = 1 return sevrer", "undefined global 'sevrer' (did you mean 'server'?)"),
            (
                "local server = 1 return (function() local _ = server return sevrer end)()",
                "undefined global 'sevrer' (did you mean 'server'?)"
            ),
            ("return pirnt", "undefined global 'pirnt' (did you mean 'print'?)"),
            ("return zzzzzz", "undefined global 'zzzzzz'"),
            ("return add", "undefined global 'add' (did you mean 't.add'?)"),
            ("return _G.os", nil),
            ("return t.ad", "t has no function 'ad'; did you mean 'add'?"),
            ("return t.wait_fial", "t has no function 'wait_fial'; did you mean 'wait_fail'?"),
            ("return t.something_else", "t has no function 'something_else'"),
            ("return t[1]", "t has no fields but its functions"),
            ("t.add = print", "t is read-only"),
            ("t.new = 1", "t is read-only"),
            ("rawset(t, 'add', print)", "t is read-only"),
            ("table.insert(t, 1)", "t is read-only"),
            ("setmetatable(t, {})", "cannot change a protected metatable"),
            ("setmetatable(_G, nil)", "cannot change a protected metatable"),
            ("setmetatable({}, {__gc = print})", "setmetatable: '__gc' is not available; use a <close> variable"),
            ("load('\\27Lua')()", nil),
            ("collectgarbage('stop')", "collectgarbage: only 'count' is available, the host collects on its own"),
        ] as [(String, String?)])
    func `a wrong name is an error that helps`(source: String, message: String?) async throws {
        let error = try #require(try await failure(source))
        if let message { #expect(error.message == message) }
        #expect(error.site?.line == 1)
    }

    @Test(
        arguments: ["dofile", "loadfile", "io", "os", "require", "package", "warn"])
    func `a library that scripts must not have is not there`(name: String) async throws {
        #expect(try await run("return rawget(_G, '\(name)')") == [.nil])
    }

    @Test(
        arguments: [
            ("x = 5 return x", [5]),
            ("x = nil return rawget(_G, 'x')", [.nil]),
            ("return string.dump == nil, debug.getinfo == nil, type(debug.traceback)", [true, true, "function"]),
            ("return getmetatable(t), getmetatable(_G)", [false, false]),
            ("local n = 0 for k, v in pairs(t) do n = n + 1 end return n > 5", [true]),
            ("local _, s = pairs(t) s.add = 1 return type(t.add)", ["function"]),
            ("return load('return 1 + ...')(2)", [3]),
            ("local env = {a = 4} return load('return a', 'c', 't', env)()", [4]),
            ("local parts = {'return ', '42'} return load(function() return table.remove(parts, 1) end)()", [42]),
            ("return select('#', load('('))", [2]),
            ("return ('x'):rep(3, '-'), ('%d %s %5.1f|%q'):format(3, 'a', 1.25, 'q')", ["x-x-x", "3 a   1.2|\"q\""]),
        ] as [(String, [LuaValue])])
    func `what scripts have works as in plain Lua`(source: String, expected: [LuaValue]) async throws {
        #expect(try await run(source) == expected)
    }
}
