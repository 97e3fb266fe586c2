import LuaHost
import Testing

/// What JSON has and Lua has no words for: empty lists and objects, null in a list, integers beyond 64 bits.
@Suite struct JSONFormTests {
    @Test(
        arguments: [
            LuaTable(form: .list), LuaTable(form: .object), LuaTable(form: nil),
            LuaTable(array: [.table(LuaTable(form: .object)), .null, .table(LuaTable(form: .list)), .null]),
            LuaTable(["a": .table(LuaTable(form: .list)), "b": .table(LuaTable(form: .object))]),
        ])
    func `an empty table stays the list or the object that it was`(table: LuaTable) async throws {
        let values = try await run("return t.echo((...))", arguments: [.table(table)])
        #expect(values == [.table(table)])
    }

    @Test func `what was emptied is what it was, and what is filled is what it holds`() async throws {
        let values = try await run(
            """
            local object, list, copy = ...
            object.a, list[1] = nil, nil
            local filled = copy
            filled[1] = "now a list"
            return object, list, filled, {}
            """,
            arguments: [
                .table(LuaTable(fields: [.init(key: "a", value: 1)], form: .object)),
                .table(LuaTable(array: [1], form: .list)), .table(LuaTable(form: .object)),
            ])
        #expect(
            values == [
                .table(LuaTable(form: .object)), .table(LuaTable(form: .list)), .table(["now a list"]), .table([]),
            ])
    }

    @Test func `a large integer keeps its digits and can be compared and joined`() async throws {
        let first = LuaValue.largeInteger("18446744073709551615")
        let second = LuaValue.largeInteger("-9223372036854775809")
        let values = try await run(
            """
            local first, same, second = ...
            local ok, message = pcall(function() return first + 1 end)
            return first, "id-" .. first, first .. "-" .. second, tostring(second), first == same, first == second,
                ("%s"):format(first), ok, message, getmetatable(first), first == "18446744073709551615"
            """, arguments: [first, first, second])
        #expect(
            values == [
                first, "id-18446744073709551615", "18446744073709551615--9223372036854775809", "-9223372036854775809",
                true, false, "18446744073709551615", false,
                "test.lua:2: attempt to perform arithmetic on a large integer value (upvalue 'first')", false, false,
            ])
    }

    @Test(
        arguments: [
            ("{ 'a', nil, 'c' }", "item 2 is nil while item 3 is not"),
            ("{ nil, 'b' }", "item 1 is nil while item 2 is not"),
            ("{ [0] = 'a' }", "an item has the position 0"),
        ])
    func `a list with a hole is refused before the function is called`(list: String, reason: String) async throws {
        let values = try await run("local ok, e = pcall(t.list, \(list)) return ok, tostring(e)")
        guard case .string(let message) = values[1] else { throw ShopError() }
        #expect(values[0] == false && message.hasPrefix("t.list: argument 1 (items): "))
        #expect(message.hasSuffix(reason), "\(message)")
        #expect(try await run("return t.list({ 'a', 'b' }), t.list('a'), t.list(nil), #t.list{}").count == 4)
    }

    @Test func `a float with a whole value is an integer where one is wanted`() {
        #expect(LuaValue.number(25).exactInteger == 25)
        #expect(LuaValue.number(-0.0).exactInteger == 0)
        #expect(LuaValue.number(0x1p63).exactInteger == nil)
        #expect(LuaValue.number(.nan).exactInteger == nil)
        #expect(LuaValue.integer(.min).exactInteger == .min)
    }
}
