import LuaHost
import Testing

/// Lua raises when it gets no memory, from anywhere.
///
/// Each test runs a script that uses every kind of host function once for every allocation that it makes, and fails
/// that one.
@Suite struct AllocationFailureTests {
    static let script = """
        local function guarded(f) local ok, e = pcall(f) if not ok then tostring(e) end end
        guarded(function() t.add(1, 2) end)
        guarded(function() t.echo({ 1, "two", { x = 1.5, y = t.null, f = function() end } }, "a long string " .. ("x"):rep(50)) end)
        guarded(t.fail)
        guarded(t.fail_plain)
        guarded(function() t.wait({ a = 1 }, function() end) end)
        guarded(t.wait_fail)
        guarded(function() coroutine.wrap(function() coroutine.wrap(t.wait)({ 1, 2 }) t.fail() end)() end)
        guarded(function()
            t.all({
                function() return t.wait(1) end,
                function() local c <close> = setmetatable({}, { __close = function() t.add(1, 1) end }) return t.wait(2) end,
                function() for k, v in pairs({ z = 1, y = 2, [1] = 3 }) do t.wait(k) end return next({ q = 1 }) end,
            }, 2)
        end)
        guarded(function() t.all{ function() t.wait() end, t.wait_fail, function() t.park() end } end)
        guarded(function() print(string.format("%s %s", {}, t.null)) end)
        guarded(function() return undefined_name end)
        guarded(function() return t.ad end)
        guarded(function() return load("return 1 + 1")() end)
        guarded(function()
            local long = ("[a-z]"):rep(12)
            local found = { ("hello"):find("(l)(l)()"), ("hello"):match("^" .. long .. "*"), ("a b"):gsub(" ", "%0%%") }
            for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do found[k] = v end
            found.f = ("x1 y2"):gsub("%a", function(c) return c:upper():rep(600) end)
            found.g = ("x1 y2"):gsub(long .. "?%d", { x = ("y"):rep(1100) })
        end)
        guarded(function()
            local list = { "c", "a", "b", table.unpack({ 1, 2 }) }
            table.insert(list, 1, "z")
            table.remove(list, 2)
            table.move(list, 1, 3, 4, {})
            table.sort(list, function(a, b) return tostring(a) < tostring(b) end)
            return table.concat(list, (","):rep(300)), math.max(1, 2.5)
        end)
        guarded(function()
            local text = utf8.char(228, 8364) .. ("ab"):rep(3, "-"):reverse():lower() .. string.char(65, 66)
            return utf8.len(text), utf8.offset(text, 2), string.format("%q %5.1f %-10s", text, 2, {}),
                string.unpack("<i4s1z", string.pack("<i4s1z", 1, text, "x"))
        end)
        return t.echo({ done = true })
        """

    /// The allocations of a run without failures.
    static func count() async throws -> UInt64 {
        let host = try makeHost()
        await host.failAllocations(0..<0)
        _ = try await host.run(source: script, name: "alloc.lua")
        return await host.allocations
    }

    /// One after another fails, with its retry after Lua's emergency collection, or all from there on.
    @Test(arguments: [2, UInt64.max / 2])
    func `every allocation can fail`(failures: UInt64) async throws {
        let count = try await Self.count()
        #expect(count > 200)
        for number in 1...count {
            let host = try makeHost()
            await host.failAllocations(number..<number + failures)
            do {
                _ = try await host.run(source: Self.script, name: "alloc.lua")
            } catch {
                guard error.code == .memory || error.message.contains("memory") else {
                    Issue.record("allocation \(number): \(error)")
                    return
                }
            }
            await host.failAllocations(0..<0)
            await host.collectGarbage()
            let statistics = await host.statistics
            guard statistics.liveHandles == 0, statistics.liveCoroutines == 0, statistics.pendingOperations == 0 else {
                Issue.record("allocation \(number) leaves \(statistics)")
                return
            }
            let again = try await host.run(source: Self.script, name: "alloc.lua")
            guard again == [.table(["done": true])] else {
                Issue.record("allocation \(number): the state gives \(again) afterwards")
                return
            }
        }
    }
}
