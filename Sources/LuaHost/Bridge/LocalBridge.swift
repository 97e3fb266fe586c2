import CLuaBridge

/// Lua in this process, for scripts that the program trusts.
final class LocalBridge: LuaBridge {
    private let bridge: OpaquePointer

    /// Opens a Lua state; returns `nil` if memory is short.
    init?(_ limits: luabridge_limits, _ callbacks: luabridge_callbacks) {
        guard let bridge = luabridge_open(limits, callbacks) else { return nil }
        self.bridge = bridge
    }

    deinit {
        luabridge_close(bridge)
    }

    func makeEnvironment() -> luabridge_outcome { luabridge_make_environment(bridge) }

    func makeFunction(_ function: UInt32, waits: Bool, name: String) -> luabridge_outcome {
        luabridge_make_function(bridge, function, waits ? 1 : 0, name)
    }

    func makeBoundary(_ function: luabridge_handle, sealing: luabridge_handle) -> luabridge_outcome {
        luabridge_make_boundary(bridge, function, sealing)
    }

    func setGlobal(
        _ name: String, to function: luabridge_handle, in environment: luabridge_handle
    ) -> luabridge_outcome {
        luabridge_set_global(bridge, environment, name, function)
    }

    func install(
        _ values: ValueWriter, firstFunction: UInt32, waits: [UInt8], in environment: luabridge_handle
    ) -> luabridge_outcome {
        luabridge_install(bridge, environment, values.start, values.count, firstFunction, waits, waits.count)
    }

    func load(_ source: [UInt8], name: String, in environment: luabridge_handle) -> luabridge_outcome {
        luabridge_load(bridge, environment, source, source.count, name)
    }

    func create(_ function: luabridge_handle, _ arguments: ValueWriter) -> luabridge_outcome {
        luabridge_create(bridge, function, arguments.start, arguments.count)
    }

    func start(_ coroutine: luabridge_handle, charged: UInt64) -> luabridge_outcome {
        luabridge_charge(bridge, charged)
        return luabridge_start(bridge, coroutine)
    }

    func resume(
        _ coroutine: luabridge_handle, _ operation: UInt64, verdict: Int32, _ reply: luabridge_reply, stop: Int32,
        charged: UInt64
    ) -> luabridge_outcome {
        luabridge_charge(bridge, charged)
        return luabridge_resume(bridge, coroutine, operation, verdict, reply, stop)
    }

    func release(_ functions: [luabridge_handle]) {
        for function in functions { luabridge_release(bridge, function) }
    }

    func rearm() { luabridge_rearm(bridge) }

    func liveErrors(collectingGarbage: Bool) -> luabridge_outcome {
        var outcome = luabridge_live_errors(bridge, collectingGarbage ? 1 : 0)
        if Int(outcome.status) == LUABRIDGE_FINISHED { outcome.count *= MemoryLayout<UInt64>.size }
        return outcome
    }

    func breach() -> luabridge_outcome { luabridge_outcome() }

    var statistics: luabridge_statistics { luabridge_measure(bridge) }

    var child: Int32? { nil }

    func failAllocations(first: UInt64, count: UInt64) { luabridge_fail_allocations(bridge, first, count) }

    var allocations: UInt64 { luabridge_allocations(bridge) }
}
