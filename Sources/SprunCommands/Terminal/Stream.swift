internal import Synchronization
internal import SystemPackage

/// Standard output or standard error: collects lines and writes them at once.
///
/// A reader that has gone away is no reason to stop in the middle of building a site, so failed writes are dropped.
final class Stream: Sendable {
    /// Standard output is flushed when this much has gathered, or at the end; standard error at each line.
    private static let bufferSize = 64 * 1024

    private let descriptor: FileDescriptor
    private let flushesLines: Bool
    private let buffer = Mutex<[UInt8]>([])
    private let firstFailure = Mutex<Errno?>(nil)

    init(_ descriptor: FileDescriptor, flushesLines: Bool) {
        self.descriptor = descriptor
        self.flushesLines = flushesLines
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
            do {
                _ = try descriptor.writeAll(buffer)
            } catch {
                firstFailure.withLock { $0 = $0 ?? error as? Errno }
            }
            buffer.removeAll(keepingCapacity: true)
        }
    }

    /// Why something that was written has not arrived; `nil` when everything has, as far as the system tells.
    var failure: Errno? { firstFailure.withLock { $0 } }
}
