internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Holds a file for this process, until it is released or the process ends in whatever way.
///
/// What is locked is a file beside it, since the file itself is replaced when it is written.
final class FileLock: Sendable {
    private let descriptor: FileDescriptor

    /// Takes the lock; `nil` when another process has it.
    ///
    /// - Throws: `Errno` when the file beside it cannot be made.
    init?(beside path: FilePath) throws {
        descriptor = try FileDescriptor.open(
            FilePath(path.string + ".lock"), .readWrite, options: [.create],
            permissions: FilePermissions(rawValue: 0o600))
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            return nil
        }
    }

    deinit { try? descriptor.close() }
}
