import LuaHost
import Testing

/// What the random patterns of ReferenceTests do not reach.
@Suite struct PatternTests {
    @Test(
        arguments: [
            // Lua gives up on the first two: "pattern too complex".
            ("return ('a'):rep(300):find(('a?'):rep(300))", [1, 300]),
            ("return #('a'):rep(1000):match('^(' .. ('a-'):rep(500) .. ')$')", [1000]),
            ("return ('x'):rep(100000):find('x*y?$')", [1, 100_000]),
            ("return ('('):rep(5000) .. (')'):rep(5000) == (('('):rep(5000) .. (')'):rep(5000)):match('%b()')", [true]),
            ("return ('abc'):rep(50):find(('abc'):rep(40), 5)", [7, 126]),
            ("return select('#', ('x'):find(('()'):rep(32)))", [34]),
            ("return pcall(string.find, 'x', ('()'):rep(33))", [false, "too many captures"]),
            ("return ('THE (quick) fox'):find('%((%a+)%)')", [5, 11, "quick"]),
            ("return ('hello world'):gsub('o', { o = '0' })", ["hell0 w0rld", 2]),
            ("return (('abc'):gsub('%w', '%0%0'))", ["aabbcc"]),
            ("return (('hello world from Lua'):gsub('(%w+)%s*(%w+)', '%2 %1'))", ["world hello Lua from"]),
            ("return (('THE (quick) fox'):gsub('%f[%a]%a+', string.lower))", ["the (quick) fox"]),
            (
                "local l = {} for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do l[#l + 1] = k .. v end return l[1], l[2]",
                ["a1", "b2"]
            ),
            // A class has ASCII only, in every locale.
            ("return ('\\u{e9}'):find('%a'), ('\\u{e9}'):upper()", [.nil, "\u{e9}"]),
        ] as [(String, [LuaValue])])
    func `a pattern matches`(source: String, expected: [LuaValue]) async throws {
        #expect(try await run(source) == expected)
    }

    @Test(
        arguments: [
            ("('x'):find()", "bad argument #1 to 'find' (string expected, got no value)"),
            ("string.find({}, 'x')", "bad argument #1 to 'find' (string expected, got table)"),
            ("('x'):gsub('x')", "bad argument #2 to 'gsub' (string/function/table expected, got no value)"),
            ("('x'):gsub('x', true)", "bad argument #2 to 'gsub' (string/function/table expected, got boolean)"),
            ("('x'):gmatch({})", "bad argument #1 to 'gmatch' (string expected, got table)"),
            ("('x'):match('x', {})", "bad argument #2 to 'match' (number expected, got table)"),
            ("('x'):match('[')", "malformed pattern (missing ']')"),
            ("('x'):rep(1 << 40)", "resulting string too large"),
            ("string.format('%d', 'x')", "bad argument #2 to 'format' (number expected, got string)"),
            ("table.concat({ 1, {} })", "invalid value (table) at index 2 in table for 'concat'"),
            ("table.insert({}, 5, 1)", "bad argument #2 to 'insert' (position out of bounds)"),
        ])
    func `what is wrong with a call is told as in Lua`(source: String, message: String) async throws {
        let error = try #require(try await failure(source))
        #expect(error.message == message)
        #expect(error.site?.line == 1)
    }

    @Test func `a replacement function may use patterns itself`() async throws {
        let source = """
            local function double(text) return (text:gsub("%d+", function(n) return (tostring(n * 2):gsub("%d", "<%0>")) end)) end
            return (("a1 b22"):gsub("%w+", double))
            """
        #expect(try await run(source) == ["a<2> b<4><4>"])
    }
}
