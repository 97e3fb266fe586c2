import CLuaBridge

/// The process that runs Lua for a host: its life, and whole messages to and from it.
///
/// Nothing that it sends is believed: lengths are bounded, and one that says nothing any more is ended.
final class LuaProcess {
    /// Between two looks at a child that computes: whether it is to stop, and whether it has computed too long.
    private static let patience: Int32 = 5
    /// Bytes that are read at once.
    private static let piece = 64 << 10
    /// More than this is given back after use.
    private static let keptCapacity = 1 << 20

    private var process: luaprocess
    private var isRunning: Bool
    /// What was read; the first `taken` bytes are those of the last message, which stays in place until the next.
    private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 1)
    private var filled = 0
    private var taken = 0

    /// Why nothing more comes.
    enum End: Error, Equatable {
        /// It ended; the status is that of `waitpid`.
        case ended(status: Int32)
        /// It sent something that is no message.
        case malformed
        /// It was ended, since it computed for too long.
        case overran
        /// It was ended, since it did not stop when it was told to.
        case unresponsive
    }

    /// Starts the program at a path.
    ///
    /// - Throws: ``LuaError`` with code `host` where it cannot be started.
    init(_ path: String) throws(LuaError) {
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

    /// Ends the process.
    ///
    /// - Returns: its status, as `waitpid` gives it.
    @discardableResult
    func end() -> Int32 {
        guard isRunning else { return 0 }
        isRunning = false
        return luaprocess_end(&process)
    }

    /// Says why the coroutine that runs must stop: LUABRIDGE_LIVE, ….
    func tell(stop: Int32) {
        if isRunning { process.page[0] = UInt8(truncatingIfNeeded: stop) }
    }

    /// CPU time of the process, in nanoseconds; 0 where it has ended.
    var cpu: UInt64 { isRunning ? luabridge_read_clock(process.clock) : 0 }

    func send(_ bytes: [UInt8]) throws(End) {
        guard isRunning, luaprocess_send(&process, bytes, bytes.count) == 0 else { throw .ended(status: end()) }
    }

    /// The next message: its kind and its fields, which are valid until the next one is asked for.
    ///
    /// - Parameter look: is called again and again while nothing comes; says why to give up, or `nil`.
    /// - Returns: the message.
    /// - Throws: ``End``; the process is gone then.
    func receive(look: () -> End?) throws(End) -> (kind: UInt8, fields: MessageReader) {
        drop()
        let head = MemoryLayout<UInt32>.size
        try fill(head, look)
        let count = Int(storage.loadUnaligned(as: UInt32.self))
        guard count > 0, count <= Int(LUAPROTOCOL_MAXIMUM_MESSAGE) else { throw give(up: .malformed) }
        try fill(head + count, look)
        taken = head + count
        let fields = UnsafeRawBufferPointer(rebasing: storage[(head + 1)..<taken])
        return (storage[head], MessageReader(fields))
    }

    /// Ends the process for a reason.
    func give(up reason: End) -> End {
        end()
        return reason
    }

    /// Forgets the last message.
    private func drop() {
        guard taken > 0 else { return }
        let left = filled - taken
        if storage.count > Self.keptCapacity, left < Self.piece {
            resize(to: Self.piece, keeping: taken..<filled)
        } else if left > 0 {
            storage.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[taken..<filled]))
        }
        (filled, taken) = (left, 0)
    }

    private func resize(to capacity: Int, keeping range: Range<Int>) {
        let other = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 1)
        other.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[range]))
        storage.deallocate()
        storage = other
    }

    /// Reads until so many bytes are there.
    private func fill(_ count: Int, _ look: () -> End?) throws(End) {
        while filled < count {
            // Twice as much as has come, and no more: a large count alone takes no memory.
            if filled == storage.count { resize(to: min(max(count, filled + 1), filled * 2), keeping: 0..<filled) }
            let room = UnsafeMutableRawBufferPointer(rebasing: storage[filled...])
            let got = luaprocess_receive(
                &process, room.bindMemory(to: UInt8.self).baseAddress, room.count, Self.patience)
            if got == 0 { throw .ended(status: end()) }
            if got > 0 { filled += got } else if let reason = look() { throw give(up: reason) }
        }
    }
}
