import CLuaBridge

/// What Lua calls while it runs: host functions, `print`, and the question whether to go on.
///
/// All of it happens on the actor of the host, inside a call of the bridge. Nothing here throws into C.
final class Dispatcher {
    /// Swift errors kept for error values in Lua, at most; those raised beyond it are not found again as
    /// `underlying`.
    ///
    /// One slice of Lua can raise so many in a tenth of a second.
    private static let maximumErrors = 100_000

    let releases = ReleaseQueue()
    let replies: ValueWriter
    private let runs: CancellationGroup
    private let print: @Sendable (String) -> Void
    private var functions: [Entry] = []
    /// By slot.
    private var coroutines: [HostCoroutine?] = []
    private(set) var liveCoroutines = 0
    /// Values that the arguments of a call, or the results of a run, may have.
    var valueLimit = Int.max
    /// Whether the arguments of a call were no values.
    private(set) var sawBreach = false
    /// The operation that the coroutine of this slice has just begun to wait for.
    private var parked: PendingOperation?
    private var lastOperation: UInt64 = 0
    private var lastError: UInt64 = 0
    /// Errors that Lua values refer to, by id.
    var errors: [UInt64: any Error] = [:]
    /// The last error that Lua got as a plain string, which has no place for an id.
    var plainError: (message: String, error: any Error)?

    /// A class, since a call would copy and count every part of a ``HostFunction`` otherwise.
    private final class Entry {
        let name: String
        let parameters: [HostParameter]
        let body: HostFunction.Body
        /// Positions of the parameters that take a list.
        let lists: [Int]

        init(_ function: HostFunction, of module: String?) {
            name = (module.map { $0 + "." } ?? "") + function.name
            parameters = function.parameters
            body = function.body
            lists = function.parameters.indices.filter { function.parameters[$0].takesList }
        }

        /// The list with a hole among the arguments: what comes behind it would be lost in silence.
        func hole(in arguments: LuaArguments) -> LuaArgumentError? {
            for position in lists {
                guard case .table(let table) = arguments[position], !table.sparse.isEmpty else { continue }
                do { _ = try table.asArray() } catch { return arguments.invalid(position, error.description) }
            }
            return nil
        }
    }

    init(runs: CancellationGroup, print: @escaping @Sendable (String) -> Void) {
        self.runs = runs
        self.print = print
        self.replies = ValueWriter(releases: releases)
    }

    var functionCount: Int { functions.count }

    func add(_ function: HostFunction, of module: String?) {
        functions.append(Entry(function, of: module))
    }

    /// Whether a handle can be that of a coroutine more.
    func canAdd(_ handle: luabridge_handle, limit: Int) -> Bool {
        let slot = Int(handle.slot)
        // Slots are used again, and there are twice as many whenever they run out.
        return slot < 2 * limit && (slot >= coroutines.count || coroutines[slot] == nil)
    }

    func add(_ coroutine: HostCoroutine) {
        let slot = Int(coroutine.handle.slot)
        while coroutines.count <= slot { coroutines.append(nil) }
        coroutines[slot] = coroutine
        liveCoroutines += 1
    }

    func remove(_ coroutine: HostCoroutine) {
        coroutines[Int(coroutine.handle.slot)] = nil
        liveCoroutines -= 1
    }

    /// The operation of the slice that has just ended with a wait.
    func takeParked() -> PendingOperation? {
        defer { parked = nil }
        return parked
    }

    /// The error behind a message that Lua raised, which may have positions in front by now.
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
            interrupted: { context, coroutine in Dispatcher.of(context).interrupted(coroutine) },
            abandon: { context, operation in Dispatcher.of(context).abandon(operation) })
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> Dispatcher {
        // The context is this object in every call: `callbacks` sets it, and the state is closed before.
        Unmanaged<Dispatcher>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
    }

    /// A script printed a line.
    func printed(_ line: UnsafeRawBufferPointer) { print(String(decoding: line, as: UTF8.self)) }

    /// Whether a coroutine must stop, as LUABRIDGE_LIVE, ….
    func interrupted(_ handle: luabridge_handle) -> Int32 {
        if runs.isCancelled { return Int32(LUABRIDGE_CANCELLED_HOST) }
        let slot = Int(handle.slot)
        guard slot < coroutines.count, let coroutine = coroutines[slot] else { return Int32(LUABRIDGE_LIVE) }
        return Int32(coroutine.cancellation.isCancelled ? LUABRIDGE_CANCELLED_COROUTINE : LUABRIDGE_LIVE)
    }

    /// A script closed the coroutine in which an operation was awaited.
    func abandon(_ operation: UInt64) {
        coroutines.first { $0?.waitingFor == operation }??.cancellation.cancelOperation()
    }

    /// A script called a host function: gives the verdict, and what goes with it in `reply`.
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
        let coroutine = coroutines[Int(call.coroutine.slot)]
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
            // What an async function is called with never answers the call itself: the caller has parked by then.
            parked = PendingOperation(
                id: lastOperation, body: hole.map(Self.refusal) ?? body, arguments: arguments, number: coroutine.calls)
            reply.operation = lastOperation
            return Int32(LUABRIDGE_SUSPEND)
        }
    }

    /// What a call does whose arguments are refused.
    private static func refusal(_ error: LuaArgumentError) -> @Sendable (LuaCall) async throws -> [LuaValue] {
        { _ in throw error }
    }

    // MARK: - Replies

    /// Writes a result for Lua into `replies` and gives the verdict.
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

    /// Writes the error value and gives the id under which the error is kept, 0 for none.
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
