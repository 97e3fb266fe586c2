import LuaHost
import Testing

/// Lua cuts the names of chunks at 59 bytes; nobody who reads an error sees that.
@Suite struct ChunkNameTests {
    static let folder = "kundenprojekte/" + String(repeating: "ü", count: 40)
    static let names = [
        "short.lua", "\(folder)/x.lua", "a" + "\(folder)/x.lua", String(repeating: "日本", count: 30) + ".lua",
        String(repeating: "x", count: 3000) + ".lua",
    ]

    private func failure(_ source: String, _ name: String, _ host: LuaHost? = nil) async throws -> LuaError {
        do {
            _ = try await (host ?? makeHost()).run(source: source, name: name)
        } catch let error as LuaError {
            return error
        }
        throw ShopError()
    }

    @Test(arguments: names)
    func `an error has the whole name, the line and no position in its message`(name: String) async throws {
        let sources = [
            "\nlocal n = nil .. 'x'", "\nerror('here')", "\nlocal x = = 1", "\nt.add('x')",
            "\ncoroutine.wrap(function() error('here') end)()",
        ]
        for source in sources {
            let error = try await failure(source, name)
            #expect(error.site == LuaCallSite(source: name, line: 2), "\(source): \(error)")
            #expect(!error.message.contains("...") && !error.message.contains("\u{FFFD}"), "\(error.message)")
            #expect(error.frames.allSatisfy { $0.line == nil || $0.source == name })
        }
    }

    @Test(arguments: names)
    func `what a script catches has the whole name too`(name: String) async throws {
        let source = """
            local function fails() error("here") end
            local _, caught = pcall(fails)
            local _, handled = xpcall(fails, function(message) return "handled " .. message end)
            local _, resumed = coroutine.resume(coroutine.create(fails))
            local _, wrapped = pcall(coroutine.wrap(fails))
            local trace = debug.traceback("trace")
            return caught, handled, resumed, wrapped, trace, t.site()
            """
        let values = try await makeHost().run(source: source, name: name)
        let place = "\(name):1: here"
        #expect(values.prefix(3) == [.string(place), .string("handled \(place)"), .string(place)])
        #expect(values[3] == .string("\(name):5: \(place)") || values[3] == .string(place))
        guard case .string(let trace) = values[4] else { throw ShopError() }
        #expect(trace.contains("\(name):6: in main chunk"), "\(trace)")
        #expect(values[5] == .string("\(name):7"))
    }

    @Test func `names with the same end are told apart`() async throws {
        let host = try makeHost()
        for name in Self.names + Self.names.map({ "other/" + $0 }) {
            #expect(try await failure("error('x')", name, host).site?.source == name)
        }
    }

    @Test(
        arguments: [
            ("error('x')", #"[string "error('x')"]:1: x"#),
            ("local s = 'üüüüüüüüüüüüüüüüüüüüüüüüüü' error('x')", "[string]:1: x"), ("error('x')\n", "[string]:1: x"),
        ])
    func `a text that a script loads is shown whole or not at all`(text: String, message: String) async throws {
        let values = try await run("return pcall(load(...))", arguments: [.string(text)])
        #expect(values == [false, .string(message)])
    }

    @Test(
        arguments: [
            ("x = = 1", "unexpected symbol near '='"), ("x = 1 function", "<name> expected near <eof>"),
            ("x = 'long enough\n", "unfinished string near '...'"),
            ("x a_token_of_them", "syntax error near '...'"),
            ("goto a_token_of_them", "no visible label '...' for <goto> at line 1"),
            ("x = '\\q'", "invalid escape sequence near ''\\q'"),
            ("local a_token_of_them <const> = 1 a_token_of_them = 2", "attempt to assign to const variable '...'"),
            ("x = [[long enough", "unfinished long string (starting at line 1) near <eof>"),
            ("x = 1 ' near near '", "unexpected symbol near '...'"),
        ])
    func `a syntax error in a text that a script loads quotes short tokens only`(
        text: String, message: String
    ) async throws {
        let values = try await run("return load(..., '=x')", arguments: [.string(text)])
        #expect(values == [.nil, .string("x:1: \(message)")])
    }
}
