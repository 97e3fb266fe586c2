import Foundation
import LuaHost
import Testing

/// C functions that scripts can reach are called with what they do not expect.
///
/// Each test has a process of its own: a function that takes a value for what it is not ends it.
@Suite struct HostileCallTests {
    @Test func `every function that a script can reach checks every argument`() async throws {
        await #expect(processExitsWith: .success) {
            let script = ReferenceTests.folder.appending(path: "hostile-calls.lua")
            let source = try String(contentsOf: script, encoding: .utf8)
            let values = try await makeHost().run(source: source, name: "hostile-calls.lua")
            // The library alone has more than a hundred functions, and the values that they return many again.
            guard case .integer(let functions) = values[0] else { fatalError("\(values)") }
            #expect(functions > 200)
        }
    }

    @Test(arguments: ["pairs{ 1 }", "pairs{ a = 1 }", "next"])
    func `an iterator refuses what is not a table`(iterator: String) async throws {
        await #expect(processExitsWith: .success) { [iterator] in
            let values = try await run(
                """
                local iterator = \(iterator)
                for _, value in ipairs{ 0x4141414141, "text", true, print, t.null, coroutine.running(), 1.5 } do
                    local ok, message = pcall(iterator, value, 0)
                    assert(not ok and message:find("table expected, got"), message)
                end
                return pcall(iterator), pcall(iterator, nil, nil)
                """)
            #expect(values.prefix(2) == [false, false])
        }
    }

    @Test func `an iterator that is given another table gives that one's values at the keys it walks`() async throws {
        let values = try await run(
            """
            local fields, positions = pairs{ a = 1, b = 2 }, pairs{ 1, 2, 3 }
            local found = {}
            for key, value in fields, { b = "other", c = "unseen" } do found[#found + 1] = key .. value end
            for key, value in positions, { "x", nil, "z", "unseen" } do found[#found + 1] = key .. value end
            for _ in positions, {}, math.mininteger do error("nothing is there") end
            return table.concat(found, " "), next({ 1, 2 }, math.maxinteger)
            """)
        #expect(values == ["bother 1x 3z", .nil])
    }
}
