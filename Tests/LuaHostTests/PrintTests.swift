import LuaHost
import SprunTesting
import Synchronization
import Testing

@Suite struct PrintTests {
    /// The lines that a script prints.
    private func lines(_ source: String, limits: LuaHostLimits = .patient) async throws -> [String] {
        let lines = Recorder<String>()
        _ = try await makeHost(limits: limits, modules: [Self.texts], print: { lines.add($0) })
            .run(source: source, name: "print.lua")
        return lines.all
    }

    /// A module with a function that takes text.
    private static let texts = HostModule(
        name: "texts",
        functions: [
            HostFunction(
                "text", parameters: [HostParameter("value", "any", isText: true), HostParameter("other", "any")],
                results: ["any"], sync: { arguments in arguments.values })
        ])

    @Test(
        arguments: [
            ("{}", "{}"), ("{ 1, 2.5, 'x', true }", #"{ 1, 2.5, "x", true }"#),
            ("{ b = 1, a = { 2 } }", "{ a = { 2 }, b = 1 }"),
            ("{ [3] = 'c', [1] = 'a', x = 1 }", #"{ [1] = "a", [3] = "c", x = 1 }"#),
            (
                "{ ['a b'] = 1, ['end'] = 2, ['1x'] = 3, [true] = 4 }",
                #"{ ["1x"] = 3, ["a b"] = 1, ["end"] = 2, [true] = 4 }"#
            ),
            (#"{ 'a\n\t\r"\\\0\127' }"#, #"{ "a\n\t\r\"\\\000\127" }"#), ("{ '\u{E9}' }", "{ \"\u{E9}\" }"),
            (#"{ '\xE9x', ['\xFF'] = 1 }"#, #"{ [1] = "\233x", ["\255"] = 1 }"#),
            ("{ t.null, print, coroutine.create(print) }", "{ null, function, thread }"),
            ("{ math.mininteger, 1e300, -0.0 }", "{ -9223372036854775808, 1e+300, -0.0 }"),
        ])
    func `print shows the contents of a table in one line, keys in order`(table: String, shown: String) async throws {
        #expect(try await lines("print(\(table))") == [shown])
    }

    @Test func `a table that is too wide has a line for each member, and short items of a list share lines`()
        async throws
    {
        let long = String(repeating: "x", count: 80)
        let text = try await lines(
            """
            local items = {}
            for i = 1, 30 do items[i] = i end
            print{ items = items, name = "acme", text = "\(long)" }
            """)
        #expect(
            text == [
                """
                {
                    items = {
                        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
                        20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
                    },
                    name = "acme",
                    text = "\(long)",
                }
                """
            ])
    }

    @Test func `a table inside itself and tables nested deeper than 16 levels are shown as {…}`() async throws {
        let texts = try await lines(
            """
            local own = { 1 }
            own.own = own
            print(own)
            local deep = {}
            for _ = 1, 20 do deep = { deep } end
            print(deep)
            local twice = { 2 }
            print{ twice, twice }
            """)
        #expect(texts[0] == "{ [1] = 1, own = {…} }")
        #expect(texts[1].contains("{…}") && !texts[1].contains("{}"), "\(texts[1])")
        #expect(texts[2] == "{ { 2 }, { 2 } }")
    }

    @Test func `a table with a text or a name, and a module, are shown by it`() async throws {
        let texts = try await lines(
            """
            print(setmetatable({}, { __tostring = function() return "T" end }))
            print((tostring(setmetatable({}, { __name = "Site" })):gsub("%d+", "1")))
            print(texts, tostring({}):match("^table: %d+$") ~= nil)
            """)
        #expect(texts == ["T", "Site: 1", "module texts\ttrue"])
    }

    @Test func `contents of more than 1 MiB are cut, and the text says so`() async throws {
        let texts = try await lines("local t = {} for i = 1, 300000 do t[i] = { i } end print(t)")
        #expect(texts[0].utf8.count < (1 << 20) + 100)
        #expect(texts[0].hasSuffix("… (cut at 1 MiB)"))
    }

    @Test func `a table that shares its parts very often ends at the limit of the time or of the text`() async throws {
        var limits = LuaHostLimits.patient
        limits.slice = .milliseconds(300)
        let source = """
            local t = {}
            for _ = 1, 15 do
                local wide = {}
                for i = 1, 40 do wide[i] = t end
                t = wide
            end
            print(t)
            """
        do {
            #expect(try await lines(source, limits: limits)[0].utf8.count < (1 << 20) + 100)
        } catch let error as LuaError {
            #expect(error.code == .cpuBudget)
        }
    }

    @Test func `a function that takes text gets a table as print shows it, and other values as they are`() async throws
    {
        let texts = try await lines(
            """
            print(texts.text({ a = 1 }, 2))
            print(type(texts.text(7)), texts.text("s"), texts.text(nil, { 1 }))
            """)
        #expect(texts == ["{ a = 1 }\t2", "number\ts\tnil\t{ 1 }"])
    }

    @Test func `a line arrives while the script computes on, also if another line came right before it`() async throws {
        let run = Mutex((task: Task<LuaError?, Never>?.none, isSeen: false))
        var limits = LuaHostLimits.patient
        // Without the cancellation, which the line causes, the limit ends the script.
        limits.slice = .seconds(30)
        let host = try LuaHost(
            configuration: LuaHostConfiguration(
                limits: limits, seed: 1, isolation: try ownProcess(),
                print: { line in
                    guard line == "second" else { return }
                    run.withLock { run in
                        run.isSeen = true
                        run.task?.cancel()
                    }
                }), modules: [])
        let task = Task { () -> LuaError? in
            do throws(LuaError) {
                _ = try await host.run(source: "print('first') print('second') while true do end", name: "p.lua")
                return nil
            } catch { return error }
        }
        run.withLock { run in
            run.task = task
            if run.isSeen { task.cancel() }
        }
        #expect(await task.value?.code == .cancelled)
    }
}
