import CLuaBridge

/// The process that runs Lua for a host: its life cycle, and whole messages to and from it.
///
/// It trusts no message: it bounds their lengths, and kills a process that no longer responds.
final class LuaProcess {
    /// The milliseconds between two checks of a computing child: whether it must stop, or has computed too long.
    private static let patience: Int32 = 5
    /// The bytes to read at once.
    private static let piece = 64 << 10
    /// The bytes above which a buffer is freed after use.
    private static let keptCapacity = 1 << 20

    private var process: luaprocess
    private let stallPatience: UInt64
    private var isRunning: Bool
    /// The bytes read so far: the last message, which stays in place until the next `receive`, and unread bytes.
    private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 1)
    private var unread = 0..<0

    /// A reason why no more messages arrive.
    enum End: Error, Equatable {
        /// The process ended; the status is that of `waitpid`.
        case ended(status: Int32)
        /// The process broke the protocol, and was killed.
        case malformed
        /// The process computed too long, and was killed.
        case overran
        /// The process did not stop on request, and was killed.
        case unresponsive
        /// It used no CPU time and did not answer, and was killed.
        case stalled
    }

    /// Starts the program at a path.
    ///
    /// - Throws: ``LuaError`` with code `host` if it cannot be started.
    init(_ path: String, stall: Duration) throws(LuaError) {
        stallPatience = stall.nanoseconds
        var started = luaprocess()
        let error = luaprocess_start(path, &started)
        isRunning = error == 0
        process = started
        guard isRunning else {
            throw LuaError(
                code: .host, message: "cannot start \(path): \(String(cString: luaprocess_words(error)))")
        }
    }

    deinit {
        end()
        storage.deallocate()
    }

    /// Kills the process and waits for its end.
    ///
    /// - Returns: Its status as from `waitpid`; 0 if it had ended before.
    @discardableResult
    func end() -> Int32 {
        guard isRunning else { return 0 }
        isRunning = false
        return luaprocess_end(&process)
    }

    /// Writes to the shared page why the coroutine of a slice must stop; LUABRIDGE_LIVE if it may continue.
    ///
    /// - Parameters:
    ///   - stop: The reason.
    ///   - slice: The position of the slice in its message, less than LUAPROTOCOL_PAGE_BYTES.
    func tell(stop: Int32, slice: Int) {
        if isRunning { process.page[slice] = UInt8(truncatingIfNeeded: stop) }
    }

    /// The CPU time of the process, in nanoseconds; 0 if it has ended.
    var cpu: UInt64 { isRunning ? luabridge_read_clock(process.clock) : 0 }

    /// The process id of the child.
    var pid: Int32 { process.pid }

    /// Sends a message.
    ///
    /// It calls `look` repeatedly while the child reads nothing; `look` returns why to give up, or `nil`.
    ///
    /// - Throws: ``End``; the process has then ended.
    func send(_ bytes: UnsafeBufferPointer<UInt8>, look: () -> End?) throws(End) {
        var sent = 0
        var stall = Stall()
        while sent < bytes.count {
            let count =
                isRunning
                ? luaprocess_send(&process, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Self.patience) : 0
            if count == 0 { throw .ended(status: end()) }
            if count > 0 { sent += count } else if let reason = look() ?? stalled(&stall) { throw give(up: reason) }
        }
    }

    /// When a wait for the child last saw it compute.
    private struct Stall {
        var cpu: UInt64 = 0
        var since: UInt64 = 0
    }

    /// Returns a reason to give up if the child has used no CPU time for `stallPatience` nanoseconds.
    private func stalled(_ stall: inout Stall) -> End? {
        let (now, used) = (luabridge_monotonic(), cpu)
        guard stall.since != 0, stall.cpu == used else {
            stall = Stall(cpu: used, since: now)
            return nil
        }
        return now - stall.since > stallPatience ? .stalled : nil
    }

    /// Reads the next message: its kind, and its fields, which are valid until the next call.
    ///
    /// - Parameter look: The function to call repeatedly while nothing arrives; it returns why to give up, or `nil`.
    /// - Returns: The message.
    /// - Throws: ``End``; the process has then ended.
    func receive(look: () -> End?) throws(End) -> (kind: UInt8, fields: MessageReader) {
        let head = MemoryLayout<UInt32>.size
        try fill(head, look)
        let count = Int(storage.loadUnaligned(fromByteOffset: unread.lowerBound, as: UInt32.self))
        guard count > 0, count <= Int(LUAPROTOCOL_MAXIMUM_MESSAGE) else { throw give(up: .malformed) }
        try fill(head + count, look)
        let start = unread.lowerBound + head
        unread = (start + count)..<unread.upperBound
        let fields = UnsafeRawBufferPointer(rebasing: storage[(start + 1)..<(start + count)])
        return (storage[start], MessageReader(fields))
    }

    /// Kills the process and returns the reason.
    func give(up reason: End) -> End {
        end()
        return reason
    }

    /// Reads until there are `count` unread bytes.
    private func fill(_ count: Int, _ look: () -> End?) throws(End) {
        guard unread.count < count else { return }
        makeRoom(for: count)
        var stall = Stall()
        while unread.count < count {
            // Grows to at most twice the bytes read so far: a large count alone takes no memory.
            if unread.count == storage.count { move(to: min(count, unread.count * 2)) }
            let room = UnsafeMutableRawBufferPointer(rebasing: storage[unread.upperBound...])
            let got = luaprocess_receive(
                &process, room.bindMemory(to: UInt8.self).baseAddress, room.count, Self.patience)
            if got == 0 { throw .ended(status: end()) }
            if got > 0 {
                unread = unread.lowerBound..<(unread.upperBound + got)
            } else if let reason = look() ?? stalled(&stall) {
                throw give(up: reason)
            }
        }
    }

    /// Moves the unread bytes to the start of the buffer, unless `count` bytes fit behind it, and shrinks a large buffer.
    private func makeRoom(for count: Int) {
        if storage.count > Self.keptCapacity, max(count, unread.count) <= Self.piece {
            move(to: Self.piece)
        } else if unread.lowerBound + count > storage.count {
            storage.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[unread]))
            unread = 0..<unread.count
        } else if unread.isEmpty {
            unread = 0..<0
        }
    }

    /// Moves the unread bytes to another buffer.
    private func move(to capacity: Int) {
        let other = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 1)
        other.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[unread]))
        storage.deallocate()
        storage = other
        unread = 0..<unread.count
    }
}
