import CLuaBridge

/// Lua in a separate process, the program `sprun-lua`, for scripts of strangers.
///
/// A stranger may control the process. So the bridge bounds its messages, holds them to the protocol, and serves them
/// only for the running coroutine. If the process ends, hangs or breaks the protocol, the run ends with an error. The
/// data of the host stays intact.
final class ProcessBridge: LuaBridge {
    // Large: it is the state of one connection, from the message under way to the coroutines of the process.
    /// The nanoseconds that a child may take to stop after the host requested it.
    private static let stopPatience: UInt64 = 2_000_000_000
    /// The bytes that this process needs for a value; the bridge charges as many to the memory limit.
    private static let valueBytes = 80
    /// The most values in a list if there is no memory limit.
    private static let mostValues = 4 << 20

    private let process: LuaProcess
    private let dispatcher: Dispatcher
    private let limits: luabridge_limits
    private var message = MessageWriter()
    private let records: ValueWriter
    /// The reason why the process ended; nil while it runs.
    private var end: LuaProcess.End?
    /// The slices that the process runs, and the position of the one whose outcome is next; none outside of slices.
    private var slices: [SentSlice] = []
    private var position = 0
    /// The bytes of the messages for these slices so far.
    private var received = 0
    /// The time by the monotonic clock since which the slices or the request must stop; nil if they may continue.
    private var told: UInt64?
    private var meter: SliceMeter
    /// The walls in force around the process, as bits of LUAPROTOCOL_WALL_….
    private(set) var walls: UInt32 = 0

    /// Starts the program at a path and opens a Lua state in it.
    ///
    /// - Throws: ``LuaError`` with code `host`.
    init(_ path: String, _ limits: luabridge_limits, stall: Duration, _ dispatcher: Dispatcher) throws(LuaError) {
        self.limits = limits
        self.dispatcher = dispatcher
        meter = SliceMeter(limits)
        records = ValueWriter(releases: dispatcher.releases)
        process = try LuaProcess(path, stall: stall)
        dispatcher.valueLimit = limits.memory > 0 ? limits.memory / Self.valueBytes : Self.mostValues
        message.begin(LUAPROTOCOL_OPEN)
        message.append(UInt32(LUAPROTOCOL_VERSION))
        for number in [UInt64(limits.memory), limits.slice, limits.total, UInt64(limits.value_bytes)] {
            message.append(number)
        }
        message.append(limits.value_depth)
        message.append(limits.seed)
        do throws(LuaProcess.End) {
            try post()
            var (kind, fields) = try process.receive(look: lookAtSlice)
            guard Int(kind) == LUAPROTOCOL_WALLS, let walls = fields.number(UInt32.self) else {
                throw process.give(up: .malformed)
            }
            self.walls = walls
        } catch {
            throw LuaError(code: .host, message: "cannot use \(path): \(words(for: error))")
        }
    }

    // MARK: - Requests

    func makeEnvironment() -> luabridge_outcome { ask(LUAPROTOCOL_ENVIRONMENT) { _ in } }

    func makeFunction(_ function: UInt32, kind: UInt8, name: String) -> luabridge_outcome {
        ask(LUAPROTOCOL_FUNCTION) { message in
            message.append(function)
            message.append(kind)
            message.append(rest: name.utf8)
        }
    }

    func makeBoundary(_ function: luabridge_handle, sealing: luabridge_handle) -> luabridge_outcome {
        ask(LUAPROTOCOL_BOUNDARY) { message in
            message.append(function)
            message.append(sealing)
        }
    }

    func setGlobal(
        _ name: String, to function: luabridge_handle, in environment: luabridge_handle
    ) -> luabridge_outcome {
        ask(LUAPROTOCOL_GLOBAL) { message in
            message.append(environment)
            message.append(function)
            message.append(rest: name.utf8)
        }
    }

    func install(
        _ values: ValueWriter, firstFunction: UInt32, kinds: [UInt8], in environment: luabridge_handle
    ) -> luabridge_outcome {
        ask(LUAPROTOCOL_INSTALL) { message in
            message.append(environment)
            message.append(firstFunction)
            message.append(text: kinds)
            message.append(rest: values.start, count: values.count)
        }
    }

    func load(_ source: [UInt8], name: String, in environment: luabridge_handle) -> luabridge_outcome {
        ask(LUAPROTOCOL_LOAD) { message in
            message.append(environment)
            message.append(text: name.utf8)
            message.append(rest: source)
        }
    }

    func release(_ functions: [luabridge_handle]) {
        guard !functions.isEmpty else { return }
        message.begin(LUAPROTOCOL_RELEASE)
        for function in functions { message.append(function) }
        tell()
    }

    func rearm() {
        message.begin(LUAPROTOCOL_REARM)
        tell()
    }

    func liveErrors(collectingGarbage: Bool) -> luabridge_outcome {
        ask(LUAPROTOCOL_ERRORS) { $0.append(UInt8(collectingGarbage ? 1 : 0)) }
    }

    func failAllocations(first: UInt64, count: UInt64) {
        message.begin(LUAPROTOCOL_FAIL)
        message.append(first)
        message.append(count)
        tell()
    }

    var child: Int32? { process.pid }

    var allocations: UInt64 { measured.allocations }

    var statistics: luabridge_statistics { measured.statistics }

    private var measured: (statistics: luabridge_statistics, allocations: UInt64) {
        let nothing = (luabridge_statistics(), UInt64(0))
        guard end == nil else { return nothing }
        message.begin(LUAPROTOCOL_MEASURE)
        do throws(LuaProcess.End) {
            try post()
            var (kind, fields) = try process.receive(look: lookAtSlice)
            guard Int(kind) == LUAPROTOCOL_STATISTICS, let bytes = fields.number(UInt64.self),
                let peak = fields.number(UInt64.self), let functions = fields.number(UInt32.self),
                let coroutines = fields.number(UInt32.self), let cpu = fields.number(UInt64.self),
                let allocations = fields.number(UInt64.self)
            else { throw process.give(up: .malformed) }
            let statistics = luabridge_statistics(
                bytes: Int(clamping: bytes), peak_bytes: Int(clamping: peak), functions: functions,
                coroutines: coroutines, cpu: cpu)
            return (statistics, allocations)
        } catch {
            end = error
            return nothing
        }
    }

    // MARK: - Slices

    /// A slice that was sent.
    private struct SentSlice {
        let coroutine: HostCoroutine
        let endHasNoEffect: Bool
    }

    func run(
        _ first: EncodedSlice, next: () -> EncodedSlice?, charged: UInt64,
        _ receive: (luabridge_outcome, _ nextFollows: Bool) -> Void
    ) {
        if let end { return receive(failed(end), false) }
        message.begin(LUAPROTOCOL_RUN)
        message.append(charged)
        append(first)
        defer {
            slices.removeAll(keepingCapacity: true)
            (position, received) = (0, 0)
        }
        guard message.count <= Int(LUAPROTOCOL_MAXIMUM_MESSAGE) else { return receive(tooLarge(), false) }
        while message.tail == nil, slices.count < Int(LUAPROTOCOL_PAGE_BYTES), let slice = next(),
            message.count + slice.content.count < Int(LUAPROTOCOL_RUN_BYTES)
        {
            append(slice)
        }
        for (position, slice) in slices.enumerated() {
            process.tell(stop: dispatcher.interrupted(slice.coroutine), slice: position)
        }
        told = nil
        meter.begin(child: process.cpu, host: charged)
        do throws(LuaProcess.End) {
            try post()
            var nextFollows = true
            while nextFollows, end == nil {
                dispatcher.begin(slices[position].coroutine)
                let outcome: luabridge_outcome
                (outcome, nextFollows) = try self.receive()
                receive(outcome, nextFollows)
                position += 1
            }
        } catch {
            end = error
            receive(failed(error), false)
        }
    }

    /// Adds a slice to the message.
    private func append(_ slice: EncodedSlice) {
        slices.append(SentSlice(coroutine: slice.coroutine, endHasNoEffect: slice.endHasNoEffect))
        let start = message.beginText()
        switch slice.cause {
        case .start(let function):
            message.append(UInt8(LUAPROTOCOL_START))
            message.append(UInt8(slice.endHasNoEffect ? 1 : 0))
            message.append(function)
        case .result(let operation, let verdict):
            message.append(UInt8(LUAPROTOCOL_RESUME))
            message.append(UInt8(slice.endHasNoEffect ? 1 : 0))
            message.append(slice.coroutine.handle ?? luabridge_handle(slot: .max, generation: 0))
            message.append(operation)
            message.append(UInt8(truncatingIfNeeded: verdict))
            message.append(slice.content.error)
        }
        message.append(rest: slice.content.bytes, count: slice.content.count)
        message.endText(from: start)
    }

    // MARK: - Messages

    /// Sends a message that needs no answer.
    private func tell() {
        guard end == nil else { return }
        do throws(LuaProcess.End) { try post() } catch { end = error }
    }

    private func post() throws(LuaProcess.End) {
        if slices.isEmpty {
            told = nil
            meter.begin(child: process.cpu, host: nil)
        }
        guard message.end() else { throw process.give(up: .malformed) }
        try message.bytes.withUnsafeBufferPointer { bytes throws(LuaProcess.End) in
            try process.send(bytes, look: lookAtSlice)
        }
        if let tail = message.tail { try process.send(tail, look: lookAtSlice) }
    }

    /// Sends a request and serves the messages of the child until its outcome arrives.
    private func ask(_ kind: Int, _ fields: (inout MessageWriter) -> Void) -> luabridge_outcome {
        if let end { return failed(end) }
        message.begin(kind)
        fields(&message)
        guard message.count <= Int(LUAPROTOCOL_MAXIMUM_MESSAGE) else { return tooLarge() }
        do throws(LuaProcess.End) {
            try post()
            return try receive().outcome
        } catch {
            end = error
            return failed(error)
        }
    }

    /// Serves the messages of the child until an outcome arrives.
    private func receive() throws(LuaProcess.End) -> (outcome: luabridge_outcome, nextFollows: Bool) {
        while true {
            var (kind, fields) = try process.receive(look: lookAtSlice)
            received += fields.rest.count
            guard let answer = try serve(Int(kind), &fields) else { continue }
            guard !answer.nextFollows || canFollow(answer.outcome) else { throw process.give(up: .malformed) }
            return answer
        }
    }

    /// Whether the child may run the next slice after an outcome.
    private func canFollow(_ outcome: luabridge_outcome) -> Bool {
        // The child counts these bytes without those of this outcome's head.
        guard position + 1 < slices.count, received < 2 * Int(LUAPROTOCOL_RUN_BYTES) else { return false }
        return switch Int(outcome.status) {
        case LUABRIDGE_PARKED: true
        case LUABRIDGE_FINISHED: slices[position].endHasNoEffect
        default: false
        }
    }

    /// Serves a message of the child; returns the outcome if the message is an answer, else nil.
    private func serve(
        _ kind: Int, _ fields: inout MessageReader
    ) throws(LuaProcess.End) -> (outcome: luabridge_outcome, nextFollows: Bool)? {
        switch kind {
        case LUAPROTOCOL_OUTCOME:
            guard let status = fields.number(UInt8.self), let nextFollows = fields.number(UInt8.self),
                let operation = fields.number(UInt64.self), let handle = fields.handle()
            else { break }
            let outcome = luabridge_outcome(
                status: Int32(status), operation: operation, handle: handle,
                bytes: fields.rest.bindMemory(to: UInt8.self).baseAddress, count: fields.rest.count)
            return (outcome, nextFollows != 0)
        case LUAPROTOCOL_CALL:
            try call(&fields)
            return nil
        case LUAPROTOCOL_PRINT where running != nil:
            expectNoOther()
            dispatcher.printed(fields.rest)
            try checkTime()
            return nil
        case LUAPROTOCOL_ABANDON where running != nil:
            guard let operation = fields.number(UInt64.self) else { break }
            expectNoOther()
            dispatcher.abandon(operation)
            try checkTime()
            return nil
        default: break
        }
        throw process.give(up: .malformed)
    }

    /// The coroutine whose slice runs; nil outside of slices.
    private var running: HostCoroutine? { position < slices.count ? slices[position].coroutine : nil }

    /// Notes that the current slice is the last one: it does something that other slices can notice.
    private func expectNoOther() { slices.removeSubrange((position + 1)...) }

    private func call(_ fields: inout MessageReader) throws(LuaProcess.End) {
        guard let running, let coroutine = fields.handle(), let function = fields.number(UInt32.self),
            let line = fields.number(Int32.self), let operation = fields.number(UInt64.self),
            let source = fields.text(), function < dispatcher.functionCount,
            isHandle(coroutine, of: running)
        else { throw process.give(up: .malformed) }
        if operation == 0 { expectNoOther() }
        var reply = luabridge_reply()
        let chunk = Array(source.prefix { $0 != 0 }) + [0]
        let arguments = fields.rest.bindMemory(to: UInt8.self)
        let verdict = chunk.withUnsafeBufferPointer { chunk in
            chunk.withMemoryRebound(to: CChar.self) { chunk in
                let call = luabridge_call(
                    coroutine: coroutine, function: function, waits: operation > 0 ? 1 : 0,
                    arguments: arguments.baseAddress, argument_bytes: arguments.count, source: chunk.baseAddress,
                    line: line)
                return dispatcher.call(call, &reply)
            }
        }
        // Both ends count the operations: an async call has the next number, a sync call has 0.
        guard !dispatcher.sawBreach, reply.operation == operation else { throw process.give(up: .malformed) }
        guard operation == 0 else { return try checkTime() }
        process.tell(stop: stopReason(running), slice: position)
        message.begin(LUAPROTOCOL_REPLY)
        message.append(UInt8(truncatingIfNeeded: verdict))
        message.append(reply.error)
        message.append(reply.operation)
        message.append(rest: reply.bytes, count: reply.count)
        try post()
        try checkTime()
    }

    /// Whether a handle is that of a coroutine; a coroutine that starts gets its handle by its first call.
    private func isHandle(_ handle: luabridge_handle, of coroutine: HostCoroutine) -> Bool {
        guard let known = coroutine.handle else { return dispatcher.add(coroutine, handle) }
        return handle.slot == known.slot && handle.generation == known.generation
    }

    /// Returns why a coroutine must stop: it was cancelled, or a limit of CPU time was passed.
    private func stopReason(_ coroutine: HostCoroutine) -> Int32 {
        let reason = dispatcher.interrupted(coroutine)
        return Int(reason) == LUABRIDGE_LIVE ? meter.spent : reason
    }

    /// Requests a stop of a computing child if the run was cancelled or a limit was passed; returns a reason to kill
    /// it, or nil.
    ///
    /// The reasons are that it did not stop in time, or computed longer than a slice may.
    private func lookAtSlice() -> LuaProcess.End? {
        guard meter.look(child: { process.cpu }) else { return nil }
        // The child cannot stop a request outside of slices, but answers it soon. One that naps reaches no limit.
        var mustStop =
            !slices.isEmpty || Task.isCancelled || Int(dispatcher.stopReason) != LUABRIDGE_LIVE
        for slice in position..<slices.count {
            let stop = stopReason(slices[slice].coroutine)
            process.tell(stop: stop, slice: slice)
            // The child may be in any of them.
            if Int(stop) == LUABRIDGE_LIVE { mustStop = false }
        }
        if mustStop, isOverdue() {
            // On a busy machine, a child that passed a limit may get too little CPU time to overrun it.
            let isSpent = Int(meter.spent) != LUABRIDGE_LIVE && Int(dispatcher.stopReason) == LUABRIDGE_LIVE
            return isSpent ? .overran : .unresponsive
        }
        return meter.isOverrun ? .overran : nil
    }

    /// Whether the child has had to stop for longer than it may take.
    private func isOverdue() -> Bool {
        let now = luabridge_monotonic()
        let since = told ?? now
        told = since
        return now - since > Self.stopPatience
    }

    private func checkTime() throws(LuaProcess.End) {
        if let reason = lookAtSlice() { throw process.give(up: reason) }
    }

    // MARK: - The end of the process

    func breach() -> luabridge_outcome {
        let reason = process.give(up: .malformed)
        end = end ?? reason
        return failed(reason)
    }

    private func failed(_ end: LuaProcess.End) -> luabridge_outcome {
        let kind: Int
        switch end {
        case .overran: kind = LUABRIDGE_ERROR_CPU
        case .unresponsive:
            kind =
                Int(dispatcher.stopReason) == LUABRIDGE_SPENT_MEMORY
                ? LUABRIDGE_ERROR_MEMORY : LUABRIDGE_ERROR_CANCELLED
        case .ended(let status) where ProcessStatus(status).isOutOfTime: kind = LUABRIDGE_ERROR_CPU
        case .ended(let status) where ProcessStatus(status).isOutOfMemory: kind = LUABRIDGE_ERROR_MEMORY
        default: kind = LUABRIDGE_ERROR_HOST
        }
        return failure(kind, words(for: end))
    }

    private func tooLarge() -> luabridge_outcome {
        failure(LUABRIDGE_ERROR_VALUES, "a value of \(message.count) bytes is too large for Lua")
    }

    private func words(for end: LuaProcess.End) -> String {
        switch end {
        case .ended(let status): "the Lua process \(ProcessStatus(status).words)"
        case .malformed: "the Lua process sent an invalid message, so the host ended it"
        case .overran:
            "the script computed for more than \(Double(limits.slice) / 1e9) s without waiting for anything; "
                + "is there an endless loop?"
        case .unresponsive: "the run was stopped, but the Lua process did not stop"
        case .stalled: "the Lua process stopped responding, so the host ended it"
        }
    }

    /// Returns an outcome with an error record, in the format of the bridge.
    private func failure(_ kind: Int, _ message: String) -> luabridge_outcome {
        let text = LuaValue.string(message)
        try? records.write([.integer(Int64(kind)), text, text, .integer(0), .table(LuaTable(array: []))])
        return luabridge_outcome(
            status: Int32(LUABRIDGE_FAILED), operation: 0, handle: luabridge_handle(), bytes: records.start,
            count: records.count)
    }
}
