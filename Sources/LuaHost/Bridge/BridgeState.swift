import CLuaBridge

/// A Lua state: the bridge, and Swift's data for it.
///
/// Only the actor of the host uses it.
final class BridgeState {
    /// The number of stored Swift errors at which the host first asks Lua which are still in use.
    ///
    /// Lua then walks over a table with an entry for each.
    private static let firstSweep = 1024

    let dispatcher: Dispatcher
    private let bridge: any LuaBridge
    private let arguments: ValueWriter
    private let limits: LuaHostLimits
    private let meter: ExecutorMeter
    private var sweepAt = firstSweep
    /// The most slices to send at once: twice as many as the bridge ran last time.
    ///
    /// So slices that the bridge does not run, and that are sent again, cost little.
    private(set) var joinedSlices = 1
    /// The number of times that slices were sent to the bridge.
    private(set) var sendings = 0
    private(set) var pendingOperations = 0
    /// The error of the first coroutine that spent the CPU budget.
    ///
    /// It replaces the errors of coroutines that waited for it, which report only that the budget is spent.
    private var spent: LuaError?

    /// The result of a slice of a coroutine.
    enum Step {
        case parked(PendingOperation)
        case ended(Result<[LuaValue], LuaError>)
    }

    init(configuration: LuaHostConfiguration, modules: [HostModule], runs: CancellationGroup, meter: ExecutorMeter)
        throws(LuaError)
    {
        limits = configuration.limits
        self.meter = meter
        dispatcher = Dispatcher(
            runs: runs, coroutineLimit: configuration.limits.coroutines, print: configuration.print)
        arguments = ValueWriter(releases: dispatcher.releases)
        let limits = luabridge_limits(
            memory: limits.memory, slice: limits.slice.nanoseconds, total: limits.total.nanoseconds,
            value_bytes: limits.valueBytes, value_depth: UInt32(clamping: limits.valueDepth),
            seed: configuration.seed)
        switch configuration.isolation.kind {
        case .inProcess:
            guard let bridge = LocalBridge(limits, dispatcher) else {
                throw LuaError(code: .host, message: "cannot open the Lua state: out of memory")
            }
            self.bridge = bridge
        case .process(let program):
            bridge = try ProcessBridge(program, limits, stall: configuration.limits.stall, dispatcher)
        }
        for module in modules { try install(module, in: LUABRIDGE_FIRST_ENVIRONMENT) }
        for method in configuration.stringMethods { try setGlobal(method, in: LUABRIDGE_STRING_METHODS) }
    }

    private func install(_ module: HostModule, in environment: luabridge_handle) throws(LuaError) {
        let names = module.functions.map(\.name) + module.constants.map(\.name)
        if let twice = Dictionary(grouping: names, by: \.self).first(where: { $0.value.count > 1 }) {
            throw LuaError(code: .host, message: "the module \(module.name) has two members '\(twice.key)'")
        }
        let first = UInt32(dispatcher.functionCount)
        for function in module.functions { dispatcher.add(function, of: module.name) }
        let constants = module.constants.map { LuaTable.Field(key: $0.name, value: $0.value) }
        do {
            try arguments.write([
                .string(module.name), .table(LuaTable(module.functions.map { .string($0.name) })),
                .table(LuaTable(fields: constants)),
            ])
        } catch {
            throw LuaError(code: .host, message: "the constants of \(module.name): \(error)")
        }
        let kinds = module.functions.map(\.kind)
        let outcome = bridge.install(arguments, firstFunction: first, kinds: kinds, in: environment)
        if case .failure(let error) = result(outcome) { throw error }
    }

    /// Makes an environment with these modules, and with these functions as globals.
    func makeEnvironment(_ modules: [HostModule], _ globals: [HostFunction]) throws(LuaError) -> LuaEnvironment {
        tidy()
        let outcome = bridge.makeEnvironment()
        if Int(outcome.status) != LUABRIDGE_FINISHED { throw error(outcome) }
        let environment = LuaEnvironment(anchor: anchor(outcome))
        for module in modules { try install(module, in: outcome.handle) }
        for global in globals { try setGlobal(global, in: outcome.handle) }
        return environment
    }

    private func setGlobal(_ function: HostFunction, in environment: luabridge_handle) throws(LuaError) {
        let made = try makeFunction(function)
        let set = bridge.setGlobal(function.name, to: made.anchor.handle, in: environment)
        if case .failure(let error) = result(set) { throw error }
    }

    /// Makes a Lua function from a Swift function.
    func makeFunction(_ function: HostFunction) throws(LuaError) -> LuaFunction {
        tidy()
        let id = UInt32(dispatcher.functionCount)
        dispatcher.add(function, of: nil)
        let outcome = bridge.makeFunction(id, kind: function.kind, name: function.name)
        if Int(outcome.status) != LUABRIDGE_FINISHED { throw error(outcome) }
        return LuaFunction(anchor: anchor(outcome))
    }

    /// Makes a function that other modules call; it copies its arguments and results, and `sealing` gets texts with seals.
    func makeBoundary(of function: LuaFunction, sealing: LuaFunction?) throws(LuaError) -> LuaFunction {
        tidy()
        let outcome = bridge.makeBoundary(
            function.anchor.handle, sealing: sealing?.anchor.handle ?? luabridge_handle(slot: .max, generation: 0))
        if Int(outcome.status) != LUABRIDGE_FINISHED { throw error(outcome) }
        return LuaFunction(anchor: anchor(outcome))
    }

    private func anchor(_ outcome: luabridge_outcome) -> FunctionAnchor {
        FunctionAnchor(handle: outcome.handle, releases: dispatcher.releases)
    }

    // MARK: - Entering Lua

    /// Compiles Lua text, by default in the first environment.
    func load(_ source: [UInt8], name: String, in environment: LuaEnvironment? = nil) throws(LuaError) -> LuaFunction {
        tidy()
        guard environment.map({ $0.anchor.releases === dispatcher.releases }) != false else {
            throw LuaError(code: .host, message: "the environment belongs to another host")
        }
        let handle = environment?.anchor.handle ?? LUABRIDGE_FIRST_ENVIRONMENT
        let outcome = bridge.load(source, name: "@\(name)", in: handle)
        if Int(outcome.status) != LUABRIDGE_FINISHED {
            throw error(outcome, chunk: name)
        }
        return LuaFunction(anchor: anchor(outcome))
    }

    /// Runs slices in order: the first, and more of them if all happens as if each ran alone.
    ///
    /// - Parameters:
    ///   - slices: The slices, at least one.
    ///   - settle: Gets each slice that ran and its result, in order, before a later slice calls a sync function. Only the
    ///     end of a coroutine that starts others may run slices; it is the last one then.
    /// - Returns: The number of slices that ran.
    func run(_ slices: ArraySlice<Slice>, _ settle: (Slice, Step) -> Void) -> Int {
        tidy()
        let first = slices[slices.startIndex]
        let joined = slices.dropFirst().prefix(joinedSlices - 1)
        let charged = meter.next()
        let encoded: EncodedSlice
        do throws(LuaError) {
            encoded = try encode(first)
        } catch {
            settle(first, .ended(.failure(error)))
            return 1
        }
        var (next, ran, last) = (joined.startIndex, 0, Step?.none)
        sendings += 1
        bridge.run(
            encoded,
            next: {
                guard next < joined.endIndex else { return nil }
                defer { next += 1 }
                return join(joined[next], to: next - slices.startIndex)
            },
            charged: charged,
            { outcome, nextFollows in
                let slice = slices[slices.startIndex + ran]
                let step = step(slice, outcome)
                ran += 1
                if nextFollows { settle(slice, step) } else { last = step }
            })
        joinedSlices = min(2 * ran, Int(LUAPROTOCOL_PAGE_BYTES))
        if dispatcher.liveCoroutines == 0 {
            bridge.rearm()
            spent = nil
            dispatcher.plainError = nil
        }
        if let last { settle(slices[slices.startIndex + ran - 1], last) }
        return ran
    }

    /// Encodes a slice.
    ///
    /// - Throws: ``LuaError`` if its coroutine cannot start.
    private func encode(_ slice: Slice) throws(LuaError) -> EncodedSlice {
        switch slice.cause {
        case .start(let invocation):
            guard dispatcher.liveCoroutines < limits.coroutines else {
                throw LuaError(code: .depth, message: "more than \(limits.coroutines) coroutines at once")
            }
            do {
                return try start(slice.coroutine, invocation)
            } catch {
                throw LuaError(code: .values, message: "\(error)")
            }
        case .result(let result, let operation):
            var reply = luabridge_reply()
            let verdict = dispatcher.answer(result, &reply)
            return resume(slice.coroutine, operation, verdict, reply)
        }
    }

    /// Encodes a slice that follows others whose outcome is not known yet; returns `nil` if it depends on them.
    ///
    /// A failure is sent alone: the dispatcher keeps one error for errors that reach Lua as plain strings.
    private func join(_ slice: Slice, to count: Int) -> EncodedSlice? {
        switch slice.cause {
        case .start(let invocation):
            guard dispatcher.liveCoroutines + count < limits.coroutines else { return nil }
            return try? start(slice.coroutine, invocation)
        case .result(.failure, _): return nil
        case .result(.success(let values), let operation):
            guard let reply = dispatcher.answer(values) else { return nil }
            return resume(slice.coroutine, operation, Int32(LUABRIDGE_RETURN), reply)
        }
    }

    private func start(_ coroutine: HostCoroutine, _ invocation: LuaInvocation) throws(LuaValueError) -> EncodedSlice {
        let anchor = invocation.function.anchor
        guard anchor.releases === dispatcher.releases else { throw .foreignFunction }
        try arguments.write(invocation.arguments)
        var content = luabridge_reply()
        arguments.expose(in: &content)
        // The functions of a batch start one after another in any case.
        return EncodedSlice(
            coroutine: coroutine, cause: .start(function: anchor.handle), content: content, endHasNoEffect: true)
    }

    private func resume(
        _ coroutine: HostCoroutine, _ operation: UInt64, _ verdict: Int32, _ reply: luabridge_reply
    ) -> EncodedSlice {
        EncodedSlice(
            coroutine: coroutine, cause: .result(of: operation, verdict: verdict), content: reply,
            endHasNoEffect: coroutine.batch?.startsNoMore ?? true)
    }

    private func step(_ slice: Slice, _ outcome: luabridge_outcome) -> Step {
        let coroutine = slice.coroutine
        if case .result = slice.cause { pendingOperations -= 1 }
        // Taken in any case: a call whose slice did not end with its wait must not run later for another coroutine.
        let called = dispatcher.takeParked()
        let isParked = Int(outcome.status) == LUABRIDGE_PARKED
        if isParked, let called, called.id == outcome.operation {
            pendingOperations += 1
            return .parked(called)
        }
        let result = isParked ? .failure(error(bridge.breach())) : result(outcome)
        dispatcher.remove(coroutine)
        return .ended(result)
    }

    private func result(_ outcome: luabridge_outcome) -> Result<[LuaValue], LuaError> {
        guard Int(outcome.status) == LUABRIDGE_FINISHED else { return .failure(error(outcome)) }
        guard outcome.count > 0 else { return .success([]) }
        var reader = ValueReader(
            outcome.bytes, count: outcome.count, limit: dispatcher.valueLimit, releases: dispatcher.releases)
        let values = reader.values()
        return reader.isWhole ? .success(values) : .failure(error(bridge.breach()))
    }

    private func error(_ outcome: luabridge_outcome, chunk: String? = nil) -> LuaError {
        var reader = ValueReader(
            outcome.bytes, count: outcome.count, limit: dispatcher.valueLimit, releases: dispatcher.releases)
        let record = ErrorRecord(reader.values(), chunk: chunk)
        let error = record.error { id, message in
            if id > 0 { return dispatcher.errors[id] }
            return dispatcher.plainError(for: message)
        }
        guard error.code == .cpuBudget else { return error }
        spent = spent ?? error
        return spent ?? error
    }

    // MARK: - Upkeep

    /// Releases functions that Swift no longer uses, and drops unused errors if there are many.
    private func tidy() {
        bridge.release(dispatcher.releases.takeAll())
        if dispatcher.errors.count >= sweepAt { sweepErrors(collectingGarbage: false) }
    }

    /// Drops the Swift errors that no Lua value refers to any more.
    func sweepErrors(collectingGarbage: Bool) {
        let outcome = bridge.liveErrors(collectingGarbage: collectingGarbage)
        guard Int(outcome.status) == LUABRIDGE_FINISHED else { return }
        // Lua knows no other errors. A process that claims so would make the host hold a set of millions of ids.
        guard outcome.count <= dispatcher.errors.count * MemoryLayout<UInt64>.size else {
            _ = bridge.breach()
            return
        }
        let bytes = UnsafeRawBufferPointer(start: outcome.bytes, count: outcome.count)
        let live = Set(
            stride(from: 0, to: outcome.count - outcome.count % 8, by: 8).map {
                bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)
            })
        dispatcher.errors = dispatcher.errors.filter { live.contains($0.key) }
        sweepAt = max(Self.firstSweep, dispatcher.errors.count * 2)
    }

    /// Frees all values without references.
    ///
    /// For tests: Lua collects garbage by itself.
    func collectGarbage() {
        tidy()
        sweepErrors(collectingGarbage: true)
    }

    /// Fails the allocations in `range`, with the next allocation as 1; an empty range ends this.
    ///
    /// For tests.
    func failAllocations(_ range: Range<UInt64>) {
        bridge.failAllocations(first: range.lowerBound, count: UInt64(range.count))
    }

    /// The number of allocations since ``failAllocations(_:)``.
    ///
    /// For tests.
    var allocations: UInt64 { bridge.allocations }

    /// The process in which Lua runs; nil if it is this process.
    var child: Int32? { bridge.child }

    var statistics: LuaHostStatistics {
        tidy()
        let measured = bridge.statistics
        return LuaHostStatistics(
            liveCoroutines: Int(measured.coroutines), bytesInUse: measured.bytes, peakBytes: measured.peak_bytes,
            liveHandles: Int(measured.functions) + dispatcher.errors.count, pendingOperations: pendingOperations,
            cpuTime: .nanoseconds(Int64(clamping: measured.cpu)))
    }
}

extension Duration {
    /// The duration in whole nanoseconds; 0 if it is negative, `UInt64.max` if it is larger.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : whole + UInt64(attoseconds) / 1_000_000_000
    }
}

extension HostFunction {
    /// How the bridge calls the function: bits of `LUABRIDGE_WAITS` and `LUABRIDGE_TAKES_TEXT`.
    fileprivate var kind: UInt8 {
        let waits = if case .async = body { LUABRIDGE_WAITS } else { 0 }
        let takesText = parameters.first?.isText == true ? LUABRIDGE_TAKES_TEXT : 0
        return UInt8(waits | takesText)
    }
}
