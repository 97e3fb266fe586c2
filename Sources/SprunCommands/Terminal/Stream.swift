internal import FoundationEssentials
internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Standard output or standard error; collects text and writes it in larger pieces.
///
/// Failed writes are dropped, because a run must not stop halfway when its reader has exited. For a reader that has
/// only stopped reading, the stream waits until the program is asked to exit.
final class Stream: Sendable {
    /// Bytes that a stream collects before it writes them; a stream with `flushesLines` writes each line at once.
    private static let bufferSize = 64 * 1024
    /// The bytes per write (PIPE_BUF): a pipe that is writable by `poll` accepts this many without blocking.
    private static let pieceSize = 4096
    /// Milliseconds per `poll` while the reader does not read; then the stream checks whether the program must exit.
    private static let patience: Int32 = 100
    /// The number of polls after the program was asked to exit: half a second in total.
    private static let lastLooks = 5

    let descriptor: FileDescriptor
    /// Whether the descriptor can be written.
    private let isOpen: Bool
    private let flushesLines: Bool
    /// The stream whose text readers get before that of this one, so that both stay in order in one terminal or pipe.
    private let earlier: Stream?
    private let buffer = Mutex<[UInt8]>([])
    private let firstFailure = Mutex<Errno?>(nil)
    private let isEnding = Atomic(false)

    init(_ descriptor: FileDescriptor, flushesLines: Bool, after earlier: Stream? = nil) {
        self.descriptor = descriptor
        self.flushesLines = flushesLines
        self.earlier = earlier
        // If sprun starts with a closed standard stream, the next opened descriptor gets its number. That is an event queue,
        // which has no file type.
        isOpen = (try? descriptor.stat()).map { $0.type.rawValue != 0 } ?? false
    }

    /// Writes text without change.
    func write(_ text: String) {
        let isFull = buffer.withLock { buffer in
            buffer.append(contentsOf: text.utf8)
            return buffer.count >= Self.bufferSize
        }
        if flushesLines || isFull { flush() }
    }

    /// Writes a line.
    func line(_ text: String = "") { write(text + "\n") }

    /// Passes all buffered text to the system.
    func flush() {
        earlier?.flush()
        buffer.withLock { buffer in
            do throws(Errno) {
                try write(buffer)
            } catch {
                firstFailure.withLock { $0 = $0 ?? error }
            }
            buffer.removeAll(keepingCapacity: true)
        }
    }

    /// Limits all further waits for a reader to half a second; text that it has not read by then is dropped.
    func stopWaiting() { isEnding.store(true, ordering: .relaxed) }

    /// The first write error or timeout; `nil` if the system has accepted all text.
    var failure: Errno? { firstFailure.withLock { $0 } }

    private func write(_ bytes: [UInt8]) throws(Errno) {
        guard isOpen || bytes.isEmpty else { throw .badFileDescriptor }
        var rest = bytes[...]
        var looks = 0
        while !rest.isEmpty {
            // After the first timeout, do not wait for the reader again: each line would wait anew.
            guard isWritable(within: failure == .timedOut ? 0 : Self.patience) else {
                looks += isEnding.load(ordering: .relaxed) ? 1 : 0
                guard failure != .timedOut, looks < Self.lastLooks else { throw .timedOut }
                continue
            }
            do {
                let count = try rest.prefix(Self.pieceSize).withUnsafeBytes { try descriptor.write($0) }
                rest = rest.dropFirst(count)
            } catch let error as Errno {
                // Another program made the descriptor non-blocking and filled it after the poll.
                guard error == .resourceTemporarilyUnavailable || error == .interrupted else { throw error }
            } catch {
                throw .ioError
            }
        }
    }

    /// Whether the system accepts a piece within this many milliseconds.
    ///
    /// Also true for a descriptor that cannot be polled, such as a closed descriptor: the write then reports the error.
    private func isWritable(within milliseconds: Int32) -> Bool {
        var request = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
        let count = poll(&request, 1, milliseconds)
        guard count < 0 else { return count > 0 }
        return errno != EINTR
    }
}
