import CLuaBridge

/// The callbacks of a running Lua state: host functions, `print`, and the check whether a coroutine must stop.
///
/// All of them run on the actor of the host, inside a call of the bridge. Nothing here throws into C.
final class Dispatcher {
    /// The most Swift errors kept for error values in Lua; further errors have no `underlying`.
    ///
    /// A slice of Lua can raise this many in a tenth of a second.
    private static let maximumErrors = 100_000

    let releases = ReleaseQueue()
    let replies: ValueWriter
    private let runs: CancellationGroup
    private let print: @Sendable (String) -> Void
    private var functions: [Entry] = []
    /// The coroutines by slot.
    private var coroutines: [HostCoroutine?] = []
    private(set) var liveCoroutines = 0
    private let coroutineLimit: Int
    /// The most values in the arguments of a call, or in the results of a run.
    var valueLimit = Int.max
    /// Whether the arguments of a call could not be decoded.
    private(set) var sawBreach = false
    /// The operation that the coroutine of this slice has just started to wait for.
    private var parked: PendingOperation?
    private var lastOperation: UInt64 = 0
    private var lastError: UInt64 = 0
    /// The errors that Lua values refer to, by id.
    var errors: [UInt64: any Error] = [:]
    /// The last error that Lua got as a plain string, which cannot contain an id.
    var plainError: (message: String, error: any Error)?

    /// A host function; a class, since a call would otherwise copy and retain every part of a ``HostFunction``.
    private final class Entry {
        let name: String
        let parameters: [HostParameter]
        let body: HostFunction.Body
        /// The positions of the parameters that take a list.
        let lists: [Int]

        init(_ function: HostFunction, of module: String?) {
            name = (module.map { $0 + "." } ?? "") + function.name
            parameters = function.parameters
            body = function.body
            lists = function.parameters.indices.filter { function.parameters[$0].takesList }
        }

        /// Returns an error if an argument is a list with a hole: the items after the hole would be lost silently.
        func hole(in arguments: LuaArguments) -> LuaArgumentError? {
            for position in lists {
                guard case .table(let table) = arguments[position], !table.sparse.isEmpty else { continue }
                do { _ = try table.asArray() } catch { return arguments.invalid(position, error.description) }
            }
            return nil
        }
    }

    init(runs: CancellationGroup, coroutineLimit: Int, print: @escaping @Sendable (String) -> Void) {
        self.runs = runs
        self.coroutineLimit = coroutineLimit
        self.print = print
        self.replies = ValueWriter(releases: releases)
    }

    var functionCount: Int { functions.count }

    func add(_ function: HostFunction, of module: String?) {
        functions.append(Entry(function, of: module))
    }

    /// Adds a new coroutine; returns `false` if the handle cannot be its own.
    func add(_ coroutine: HostCoroutine, _ handle: luabridge_handle) -> Bool {
        let slot = Int(handle.slot)
        // The bridge reuses slots, and doubles their number when they run out.
        guard slot < 2 * coroutineLimit, slot >= coroutines.count || coroutines[slot] == nil else { return false }
        while coroutines.count <= slot { coroutines.append(nil) }
        coroutine.handle = handle
        coroutines[slot] = coroutine
        liveCoroutines += 1
        return true
    }

    /// Removes a coroutine that has ended, if it was added.
    func remove(_ coroutine: HostCoroutine) {
        guard let handle = coroutine.handle else { return }
        coroutines[Int(handle.slot)] = nil
        liveCoroutines -= 1
    }

    /// Notes that a coroutine runs: what it waited for has ended.
    func begin(_ coroutine: HostCoroutine) { coroutine.waitingFor = nil }

    /// Returns the operation of the slice that has just ended with a wait, and clears it.
    func takeParked() -> PendingOperation? {
        defer { parked = nil }
        return parked
    }

    /// Returns the error behind a message that Lua raised, which can have positions in front.
    func plainError(for message: String) -> (any Error)? {
        guard let (text, error) = plainError, message == text || message.hasSuffix(": \(text)") else { return nil }
        return error
    }

    // MARK: - Callbacks

    var callbacks: luabridge_callbacks {
        luabridge_callbacks(
            context: Unmanaged.passUnretained(self).toOpaque(),
            call: { context, call, reply in
                guard let call, let reply else { return Int32(LUABRIDGE_RETURN) }
                return Dispatcher.of(context).call(call.pointee, &reply.pointee)
            },
            print: { context, bytes, count in
                Dispatcher.of(context).printed(UnsafeRawBufferPointer(start: bytes, count: count))
            },
            interrupted: { context, handle in
                let dispatcher = Dispatcher.of(context)
                return dispatcher.interrupted(dispatcher.coroutine(handle))
            },
            abandon: { context, operation in Dispatcher.of(context).abandon(operation) })
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> Dispatcher {
        // The context is this object in every call: `callbacks` sets it, and the state closes before it is freed.
        Unmanaged<Dispatcher>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
    }

    /// Passes on a line that a script printed.
    func printed(_ line: UnsafeRawBufferPointer) { print(String(decoding: line, as: UTF8.self)) }

    /// The reason why all coroutines must stop; LUABRIDGE_LIVE if they may continue.
    var stopReason: Int32 { runs.reason }

    private func coroutine(_ handle: luabridge_handle) -> HostCoroutine? {
        let slot = Int(handle.slot)
        return slot < coroutines.count ? coroutines[slot] : nil
    }

    /// Returns why a coroutine must stop; LUABRIDGE_LIVE if it may continue.
    func interrupted(_ coroutine: HostCoroutine?) -> Int32 {
        guard stopReason == Int32(LUABRIDGE_LIVE) else { return stopReason }
        return Int32(coroutine?.cancellation.isCancelled == true ? LUABRIDGE_CANCELLED_COROUTINE : LUABRIDGE_LIVE)
    }

    /// Cancels an operation, since a script closed the coroutine that waited for it.
    func abandon(_ operation: UInt64) {
        coroutines.first { $0?.waitingFor == operation }??.cancellation.cancelOperation()
    }

    /// Runs a host function for a script, or notes an async call; returns the verdict and fills `reply`.
    func call(_ call: luabridge_call, _ reply: inout luabridge_reply) -> Int32 {
        let entry = functions[Int(call.function)]
        var reader = ValueReader(call.arguments, count: call.argument_bytes, limit: valueLimit, releases: releases)
        let values = reader.values()
        guard reader.isWhole else {
            sawBreach = true
            return answer(.failure(LuaError(code: .host, message: "the arguments cannot be read")), &reply)
        }
        var arguments = LuaArguments(
            values, function: entry.name, parameters: entry.parameters,
            site: LuaCallSite(source: String(cString: call.source), line: Int(call.line)))
        let coroutine = coroutine(call.coroutine)
        if let coroutine { arguments.coroutine = coroutine.path }
        let hole = entry.hole(in: arguments)
        switch entry.body {
        case .sync(let body):
            coroutine?.immediateCalls += 1
            arguments.number = coroutine?.immediateCalls ?? 0
            if let hole { return answer(.failure(hole), &reply) }
            return answer(Result { try body(arguments) }, &reply)
        case .async(let body):
            guard let coroutine else {
                return answer(.failure(LuaError(code: .host, message: "no coroutine runs")), &reply)
            }
            lastOperation += 1
            coroutine.calls += 1
            coroutine.waitingFor = lastOperation
            // An async call always parks, so an error of its arguments is the result of the operation.
            parked = PendingOperation(
                id: lastOperation, body: hole.map(Self.refusal) ?? body, arguments: arguments, number: coroutine.calls)
            reply.operation = lastOperation
            return Int32(LUABRIDGE_SUSPEND)
        }
    }

    /// Returns the body of a call with wrong arguments, which throws the error.
    private static func refusal(_ error: LuaArgumentError) -> @Sendable (LuaCall) async throws -> [LuaValue] {
        { _ in throw error }
    }

    // MARK: - Replies

    /// Writes values for Lua into `replies`; returns `nil` if they cannot be written.
    func answer(_ values: [LuaValue]) -> luabridge_reply? {
        guard (try? replies.write(values)) != nil else { return nil }
        var reply = luabridge_reply()
        replies.expose(in: &reply)
        return reply
    }

    /// Writes a result for Lua into `replies` and returns the verdict.
    func answer(_ result: Result<[LuaValue], any Error>, _ reply: inout luabridge_reply) -> Int32 {
        do {
            try replies.write(try result.get())
            replies.expose(in: &reply)
            return Int32(LUABRIDGE_RETURN)
        } catch {
            reply.error = write(error)
            replies.expose(in: &reply)
            return Int32(LUABRIDGE_RAISE)
        }
    }

    /// Writes the error value and returns the id under which the error is kept, or 0.
    private func write(_ error: any Error) -> UInt64 {
        if let convertible = error as? any LuaErrorConvertible,
            (try? replies.write([.table(convertible.luaValue)])) != nil
        {
            guard errors.count < Self.maximumErrors else { return 0 }
            lastError += 1
            errors[lastError] = error
            return lastError
        }
        let message = "\(error)"
        plainError = (message, error)
        if (try? replies.write([.string(message)])) == nil {
            try? replies.write([.string("an error that is too large to show")])
        }
        return 0
    }
}
