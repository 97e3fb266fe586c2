import LuaHost
import Testing

/// Calls and instructions that would compute for seconds or for ever, out of reach of Lua's count hook.
///
/// One after the other, since some use much memory.
@Suite(.serialized) struct BoundedTests {
    static var limits: LuaHostLimits {
        var limits = LuaHostLimits()
        limits.slice = .milliseconds(50)
        limits.memory = 128 << 20
        return limits
    }

    /// With `s`, a string of 16 MB, and `many(n, value)`, a value n times.
    static let beginning = """
        local s = ("1"):rep(16000000)
        local function many(n, value) local l = {} for i = 1, n do l[i] = value end return table.unpack(l) end

        """

    @Test(
        arguments: [
            // Patterns
            "('a'):rep(28):find(('a-'):rep(28) .. 'b')",
            "('a'):rep(100000):gsub('.-b', '')",
            "('a'):rep(100000):gsub('.-%d%d', '')",
            "('a'):rep(1000000):match('.*.*.*b')",
            "('('):rep(1000000):find('%b()')",
            "('a'):rep(4000000):match('(a*)%1b')",
            "for _ in ('a'):rep(1000000):gmatch('a-b') do end",
            "('a'):rep(32000000):find(('a'):rep(16000000) .. 'b', 1, true)",
            "while true do s:find('[a]') end",
            "while true do ('a'):find(('[a-z]'):rep(100000)) end",
            "('x'):rep(100000):gsub('()', ('%0'):rep(100000))",
            "pcall(function() ('a'):rep(28):find(('a-'):rep(28) .. 'b') end) return 'survived'",
            "('x'):rep(1000000):gsub('x', function() return ('a'):rep(20):find('a-a-a-b') end)",
            // Strings
            "while true do ('x'):rep(50000000) end",
            "while true do local _ = s:upper():lower():reverse() end",
            "string.format('%q', ('\\0'):rep(30000000))",
            "while true do string.format(('%%'):rep(10000000)) end",
            "string.format(('%d'):rep(10000), many(10000, ('0'):rep(1000000) .. '1'))",
            "string.char(many(100000, ('0'):rep(1000000) .. '1'))",
            "while true do string.pack('c10000000', '') end",
            "while true do string.packsize(('x'):rep(10000000)) end",
            "while true do string.unpack((' '):rep(10000000), '') end",
            "string.pack(('i'):rep(10000), many(10000, ('0'):rep(1000000) .. '1'))",
            "while true do utf8.len(s) end",
            "while true do utf8.offset(s, 15000000) end",
            "utf8.char(many(100000, ('0'):rep(1000000) .. '1'))",
            "math.max(many(100000, s))",
            // Tables
            "table.insert(setmetatable({}, { __len = function() return 1 << 40 end }), 1, 1)",
            "table.remove(setmetatable({}, { __len = function() return 1 << 40 end }), 1)",
            "table.concat(setmetatable({}, { __index = function() return '' end }), '', 1, 1 << 40)",
            "table.move({}, 1, 1 << 60, 2)",
            "table.move(setmetatable({}, { __index = rawequal }), 1, 1 << 60, 2)",
            "table.sort(setmetatable({}, { __len = function() return 1 << 30 end }))",
            "table.sort({ many(10000, s .. 'a') })",
            "local a, b, l = s .. 'a', s .. 'b', {} for i = 1, 1000 do l[i] = i % 2 == 0 and a or b end table.sort(l, rawequal)",
            "while true do table.unpack({ many(900000, 1) }) end",
            "table.unpack(setmetatable({}, { __index = pcall, __call = table.unpack, __len = function() return 50 end }))",
            "local t = {} for i = 1, 300000 do t['k' .. i] = i end while true do pairs(t) next(t, 'k1') end",
            "for i = 1, 300000 do _G['k' .. i] = i end while true do pcall(function() return kk end) end",
            // The compiler
            "load((' '):rep(50000000)) load(('x=1 '):rep(10000000))",
            "load('return ' .. ('a or '):rep(1000000) .. 'a')",
            "local n = 0 load(function() n = n + 1 return n < 100 and ('x=1 '):rep(1000000) or nil end)",
            // Instructions, and what Lua does in one go
            "local a, b = s .. 'a', s .. 'b' while true do local _ = a < b, a == b end",
            "while true do local _ = s .. 'x' end",
            "while true do local _ = s + 0, tonumber(s), tonumber(s, 10), s:sub(2) end",
            "local t = {} for i = 1, 1 << 18 do t[i + 0.5] = i end for i = 1, 1e9 do t[i + 0.5] = nil t[-i - 0.5] = i end",
            "local co = coroutine.wrap(function() coroutine.yield(s .. 'a', s .. 'b') end) local a, b = co() while true do local _ = a < b end",
        ])
    func `a call or instruction stops at the limit`(source: String) async throws {
        let host = try makeHost(limits: Self.limits)
        do {
            let results = try await host.run(source: Self.beginning + source, name: "bomb.lua")
            Issue.record("it ended with \(results)")
        } catch {
            #expect(error.code == .cpuBudget, "\(error)")
        }
        let used = await host.statistics.cpuTime
        #expect(used < .milliseconds(550))
        #expect(try await host.run(source: "return 1", name: "after.lua") == [1])
    }
}
