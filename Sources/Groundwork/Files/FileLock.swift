package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A lock on a file, held until it is released or the process exits in any way.
///
/// The lock is on a second file beside it, because each write replaces the file itself.
package final class FileLock: Sendable {
    private let descriptor: FileDescriptor

    /// Takes the lock beside a file; `nil` if another process holds it.
    ///
    /// - Throws: `Errno` if the lock file cannot be created.
    package init?(beside path: FilePath) throws {
        descriptor = try FileDescriptor.open(
            FilePath(path.string + ".lock"), .readWrite, options: [.create],
            permissions: FilePermissions(rawValue: 0o600))
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            return nil
        }
    }

    deinit { try? descriptor.close() }
}
