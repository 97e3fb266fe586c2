import CLuaBridge

/// Lua in this process, for scripts that the program trusts.
final class LocalBridge: LuaBridge {
    private let bridge: OpaquePointer
    private let dispatcher: Dispatcher

    /// Opens a Lua state; returns `nil` if memory is short.
    init?(_ limits: luabridge_limits, _ dispatcher: Dispatcher) {
        guard let bridge = luabridge_open(limits, dispatcher.callbacks) else { return nil }
        self.bridge = bridge
        self.dispatcher = dispatcher
    }

    deinit {
        luabridge_close(bridge)
    }

    func makeEnvironment() -> luabridge_outcome { luabridge_make_environment(bridge) }

    func makeFunction(_ function: UInt32, kind: UInt8, name: String) -> luabridge_outcome {
        luabridge_make_function(bridge, function, kind, name)
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
        _ values: ValueWriter, firstFunction: UInt32, kinds: [UInt8], in environment: luabridge_handle
    ) -> luabridge_outcome {
        luabridge_install(bridge, environment, values.start, values.count, firstFunction, kinds, kinds.count)
    }

    func load(_ source: [UInt8], name: String, in environment: luabridge_handle) -> luabridge_outcome {
        luabridge_load(bridge, environment, source, source.count, name)
    }

    /// Runs only the first slice: calls cost nothing here, so there is no reason to join them.
    func run(
        _ first: EncodedSlice, next: () -> EncodedSlice?, charged: UInt64,
        _ receive: (luabridge_outcome, _ nextFollows: Bool) -> Void
    ) {
        luabridge_charge(bridge, charged)
        dispatcher.begin(first.coroutine)
        receive(run(first), false)
    }

    private func run(_ slice: EncodedSlice) -> luabridge_outcome {
        let (coroutine, content) = (slice.coroutine, slice.content)
        switch slice.cause {
        case .start(let function):
            let created = luabridge_create(bridge, function, content.bytes, content.count)
            guard Int(created.status) == LUABRIDGE_FINISHED else { return created }
            guard dispatcher.add(coroutine, created.handle) else { return breach() }
            return luabridge_start(bridge, created.handle)
        case .result(let operation, let verdict):
            guard let handle = coroutine.handle else { return breach() }
            return luabridge_resume(
                bridge, handle, operation, verdict, content, dispatcher.interrupted(coroutine))
        }
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
