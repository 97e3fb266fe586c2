internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Standard output or standard error: collects lines and writes them at once.
///
/// A reader that has gone away is no reason to stop in the middle of building a site, so failed writes are dropped. One
/// that has stopped reading is waited for until the program is asked to end.
final class Stream: Sendable {
    /// Standard output is flushed when this much has gathered, or at the end; standard error at each line.
    private static let bufferSize = 64 * 1024
    /// What a pipe takes at once where it takes anything (PIPE_BUF), so that no write blocks after `poll` has said so.
    private static let pieceSize = 4096
    /// Between two looks whether the program was asked to end, while a reader does not read.
    private static let patience: Int32 = 100
    /// So many looks more a reader gets once the program was asked to end: half a second.
    private static let lastLooks = 5

    private let descriptor: FileDescriptor
    /// Whether there is somewhere to write to.
    private let isOpen: Bool
    private let flushesLines: Bool
    private let buffer = Mutex<[UInt8]>([])
    private let firstFailure = Mutex<Errno?>(nil)
    private let isEnding = Atomic(false)

    init(_ descriptor: FileDescriptor, flushesLines: Bool) {
        self.descriptor = descriptor
        self.flushesLines = flushesLines
        isOpen = Self.isFile(descriptor)
    }

    /// Whether a descriptor is a file, a pipe, a socket or a device.
    ///
    /// Where a program is started with a standard stream closed, its number goes to what the program opens next: an event
    /// queue of the system's, which has no type of file.
    private static func isFile(_ descriptor: FileDescriptor) -> Bool {
        var status = stat()
        return fstat(descriptor.rawValue, &status) == 0 && status.st_mode & S_IFMT != 0
    }

    /// Writes text as it is.
    func write(_ text: String) {
        let isFull = buffer.withLock { buffer in
            buffer.append(contentsOf: text.utf8)
            return buffer.count >= Self.bufferSize
        }
        if flushesLines || isFull { flush() }
    }

    /// Writes a line.
    func line(_ text: String = "") { write(text + "\n") }

    /// Hands everything to the system.
    func flush() {
        buffer.withLock { buffer in
            do throws(Errno) {
                try write(buffer)
            } catch {
                firstFailure.withLock { $0 = $0 ?? error }
            }
            buffer.removeAll(keepingCapacity: true)
        }
    }

    /// From now on a reader that does not read is waited for only shortly; what it does not take is dropped.
    func stopWaiting() { isEnding.store(true, ordering: .relaxed) }

    /// Why something that was written has not arrived; `nil` when everything has, as far as the system tells.
    var failure: Errno? { firstFailure.withLock { $0 } }

    private func write(_ bytes: [UInt8]) throws(Errno) {
        guard isOpen || bytes.isEmpty else { throw .badFileDescriptor }
        var rest = bytes[...]
        var looks = 0
        while !rest.isEmpty {
            // A reader that was given up once is not waited for again: each line would wait anew.
            guard isWritable(within: failure == .timedOut ? 0 : Self.patience) else {
                looks += isEnding.load(ordering: .relaxed) ? 1 : 0
                guard failure != .timedOut, looks < Self.lastLooks else { throw .timedOut }
                continue
            }
            do {
                let count = try rest.prefix(Self.pieceSize).withUnsafeBytes { try descriptor.write($0) }
                rest = rest.dropFirst(count)
            } catch let error as Errno {
                // Another program has made the descriptor non-blocking, and has filled it since.
                guard error == .resourceTemporarilyUnavailable || error == .interrupted else { throw error }
            } catch {
                throw .ioError
            }
        }
    }

    /// Whether the system takes a piece within so many milliseconds.
    ///
    /// What cannot be polled, such as a descriptor that is closed, is left to the write, which says why.
    private func isWritable(within milliseconds: Int32) -> Bool {
        var request = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
        let count = poll(&request, 1, milliseconds)
        guard count < 0 else { return count > 0 }
        return errno != EINTR
    }
}
