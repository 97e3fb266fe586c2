import LuaHost

/// Measures the cost of calls and values between Lua and Swift.
///
/// Build with `-c release`.
enum Benchmark {
    static let module = HostModule(
        name: "b",
        functions: [
            HostFunction("nothing", sync: { _ in [] }),
            HostFunction("add", sync: { [.integer(try $0.integer(0) + $0.integer(1))] }),
            HostFunction("instant", async: { _ in [] }),
            HostFunction(
                "yield",
                async: { _ in
                    await Task.yield()
                    return []
                }),
            HostFunction("rows", sync: { _ in [rows] }),
            HostFunction("take", sync: { _ in [] }),
            HostFunction(
                "all",
                async: { call in
                    let functions = try call.arguments.array(0).compactMap { value in
                        if case .function(let function) = value { LuaInvocation(function) } else { nil }
                    }
                    _ = try await call.concurrently(functions)
                    return []
                }),
        ])

    /// A list of 100 rows with 4 fields each.
    static let rows = LuaValue.table(
        LuaTable(
            (0..<100).map { row in
                .table(["id": .string("id\(row)"), "name": "www1", "plan": .integer(Int64(row)), "active": true])
            }))

    /// Lua in this process, or in `sprun-lua` if its path is the second argument: `--bench .build/release/sprun-lua`.
    static let isolation: LuaIsolation =
        CommandLine.arguments.count > 2 ? .process(CommandLine.arguments[2]) : .inProcess

    private static func makeHost() throws -> LuaHost {
        var limits = LuaHostLimits()
        limits.slice = .seconds(600)  // two million calls run without a wait between them
        return try LuaHost(configuration: LuaHostConfiguration(limits: limits, isolation: isolation), modules: [module])
    }

    static func run() async throws {
        let clock = ContinuousClock()
        let opening = try clock.measure { for _ in 0..<1000 { _ = try makeHost() } }
        print("open and close a state: \(opening / 1000)")
        try await measure("Lua function call", 10_000_000, "local f = function() end for i = 1, n do f() end")
        try await measure("sync host call, nothing", 2_000_000, "for i = 1, n do b.nothing() end")
        try await measure("sync host call, two integers", 2_000_000, "for i = 1, n do b.add(i, 1) end")
        try await measure("async host call that ends at once", 500_000, "for i = 1, n do b.instant() end")
        try await measure("async host call with Task.yield", 500_000, "for i = 1, n do b.yield() end")
        try await measure(
            "the same in a coroutine", 500_000, "coroutine.wrap(function() for i = 1, n do b.yield() end end)()")
        try await measure("100 rows of 4 fields to Lua", 10_000, "for i = 1, n do b.rows() end")
        try await measure("100 rows of 4 fields to Swift", 10_000, "local x = b.rows() for i = 1, n do b.take(x) end")
        try await measure(
            "pairs over 100 positions", 10_000, "local x = b.rows() for i = 1, n do for _ in pairs(x) do end end")
        try await measure(
            "pairs over 4 fields", 100_000, "local x = b.rows()[1] for i = 1, n do for _ in pairs(x) do end end")
        try await measure(
            "10,000 coroutines with 10 waits each", 1,
            "local l = {} for i = 1, 10000 do l[i] = function() for k = 1, 10 do b.yield() end end end b.all(l)")
    }

    private static func measure(_ name: String, _ count: Int, _ source: String) async throws {
        // Each host call is a round trip to sprun-lua, which takes fifty times as long.
        let count = isolation == .inProcess ? count : max(1, count / 50)
        let host = try makeHost()
        let time = try await ContinuousClock().measure {
            _ = try await host.run(
                source: "local n = ... " + source, name: "bench.lua", arguments: [.integer(Int64(count))])
        }
        let statistics = await host.statistics
        let slices = "\(statistics.cpuTime / count) of CPU in slices of Lua"
        print("\(name): \(time / count), \(slices), peak \(statistics.peakBytes / 1024) KiB")
    }
}
