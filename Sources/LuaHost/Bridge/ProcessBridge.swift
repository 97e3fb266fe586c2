import CLuaBridge

/// Lua in a separate process, the program `sprun-lua`, for scripts of strangers.
///
/// A stranger may control the process. So the bridge bounds its messages, holds them to the protocol, and serves them
/// only for the running coroutine. If the process ends, hangs or breaks the protocol, the run ends with an error. The
/// data of the host stays intact.
final class ProcessBridge: LuaBridge {
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
    /// The coroutine whose slice runs; nil outside of slices.
    private var running: luabridge_handle?
    /// The time by the monotonic clock since which the slice or the request must stop; nil if it may continue.
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

    func makeFunction(_ function: UInt32, waits: Bool, name: String) -> luabridge_outcome {
        ask(LUAPROTOCOL_FUNCTION) { message in
            message.append(function)
            message.append(UInt8(waits ? 1 : 0))
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
        _ values: ValueWriter, firstFunction: UInt32, waits: [UInt8], in environment: luabridge_handle
    ) -> luabridge_outcome {
        ask(LUAPROTOCOL_INSTALL) { message in
            message.append(environment)
            message.append(firstFunction)
            message.append(text: waits)
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

    func create(_ function: luabridge_handle, _ arguments: ValueWriter) -> luabridge_outcome {
        ask(LUAPROTOCOL_CREATE) { message in
            message.append(function)
            message.append(rest: arguments.start, count: arguments.count)
        }
    }

    func start(_ coroutine: luabridge_handle, charged: UInt64) -> luabridge_outcome {
        slice(of: coroutine, stop: dispatcher.interrupted(coroutine), charged) {
            ask(LUAPROTOCOL_START) { message in
                message.append(coroutine)
                message.append(charged)
            }
        }
    }

    func resume(
        _ coroutine: luabridge_handle, _ operation: UInt64, verdict: Int32, _ reply: luabridge_reply, stop: Int32,
        charged: UInt64
    ) -> luabridge_outcome {
        slice(of: coroutine, stop: stop, charged) {
            ask(LUAPROTOCOL_RESUME) { message in
                message.append(coroutine)
                message.append(charged)
                message.append(operation)
                message.append(UInt8(truncatingIfNeeded: verdict))
                message.append(reply.error)
                message.append(UInt8(truncatingIfNeeded: stop))
                message.append(rest: reply.bytes, count: reply.count)
            }
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

    // MARK: - Messages

    /// Runs a slice of a coroutine; the host serves calls only during a slice.
    private func slice(
        of coroutine: luabridge_handle, stop: Int32, _ charged: UInt64, _ body: () -> luabridge_outcome
    ) -> luabridge_outcome {
        running = coroutine
        told = nil
        meter.begin(child: process.cpu, host: charged)
        process.tell(stop: stop)
        defer { running = nil }
        return body()
    }

    /// Sends a message that needs no answer.
    private func tell() {
        guard end == nil else { return }
        do throws(LuaProcess.End) { try post() } catch { end = error }
    }

    private func post() throws(LuaProcess.End) {
        if running == nil {
            told = nil
            meter.begin(child: process.cpu, host: nil)
        }
        guard message.end() else { throw process.give(up: .malformed) }
        try process.send(message.bytes, look: lookAtSlice)
    }

    /// Sends a request and serves the messages of the child until its outcome arrives.
    private func ask(_ kind: Int, _ fields: (inout MessageWriter) -> Void) -> luabridge_outcome {
        if let end { return failed(end) }
        message.begin(kind)
        fields(&message)
        guard message.bytes.count <= Int(LUAPROTOCOL_MAXIMUM_MESSAGE) else {
            return failure(LUABRIDGE_ERROR_VALUES, "a value of \(message.bytes.count) bytes is too large for Lua")
        }
        do throws(LuaProcess.End) {
            try post()
            while true {
                var (kind, fields) = try process.receive(look: lookAtSlice)
                guard let answer = try serve(Int(kind), &fields) else { continue }
                return answer
            }
        } catch {
            end = error
            return failed(error)
        }
    }

    /// Serves a message of the child; returns the outcome if the message is the answer, else nil.
    private func serve(_ kind: Int, _ fields: inout MessageReader) throws(LuaProcess.End) -> luabridge_outcome? {
        switch kind {
        case LUAPROTOCOL_OUTCOME:
            guard let status = fields.number(UInt8.self), let operation = fields.number(UInt64.self),
                let handle = fields.handle()
            else { break }
            return luabridge_outcome(
                status: Int32(status), operation: operation, handle: handle,
                bytes: fields.rest.bindMemory(to: UInt8.self).baseAddress, count: fields.rest.count)
        case LUAPROTOCOL_CALL:
            try call(&fields)
            return nil
        case LUAPROTOCOL_PRINT where running != nil:
            dispatcher.printed(fields.rest)
            try checkTime()
            return nil
        case LUAPROTOCOL_ABANDON where running != nil:
            guard let operation = fields.number(UInt64.self) else { break }
            dispatcher.abandon(operation)
            try checkTime()
            return nil
        default: break
        }
        throw process.give(up: .malformed)
    }

    private func call(_ fields: inout MessageReader) throws(LuaProcess.End) {
        guard let running, let coroutine = fields.handle(), let function = fields.number(UInt32.self),
            let line = fields.number(Int32.self), let operation = fields.number(UInt64.self),
            let source = fields.text(),
            coroutine.slot == running.slot, coroutine.generation == running.generation,
            function < dispatcher.functionCount
        else { throw process.give(up: .malformed) }
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
        process.tell(stop: stopReason(running))
        message.begin(LUAPROTOCOL_REPLY)
        message.append(UInt8(truncatingIfNeeded: verdict))
        message.append(reply.error)
        message.append(reply.operation)
        message.append(rest: reply.bytes, count: reply.count)
        try post()
        try checkTime()
    }

    /// Returns why the running coroutine must stop: it was cancelled, or a limit of CPU time was passed.
    private func stopReason(_ running: luabridge_handle) -> Int32 {
        let reason = dispatcher.interrupted(running)
        return Int(reason) == LUABRIDGE_LIVE ? meter.spent : reason
    }

    /// Requests a stop of a computing child if the run was cancelled or a limit was passed; returns a reason to kill
    /// it, or nil.
    ///
    /// The reasons are that it did not stop in time, or computed longer than a slice may.
    private func lookAtSlice() -> LuaProcess.End? {
        meter.look { process.cpu }
        if let running {
            let stop = stopReason(running)
            process.tell(stop: stop)
            if isOverdue(stop) { return .unresponsive }
        } else if isOverdue(Task.isCancelled ? Int32(LUABRIDGE_CANCELLED_HOST) : dispatcher.stopReason) {
            // The child cannot stop a request outside of slices, but answers it soon. One that naps reaches no limit.
            return .unresponsive
        }
        return meter.isOverrun ? .overran : nil
    }

    /// Whether a reason to stop has stood for longer than the child may take to stop.
    private func isOverdue(_ stop: Int32) -> Bool {
        guard Int(stop) != LUABRIDGE_LIVE else { return false }
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
