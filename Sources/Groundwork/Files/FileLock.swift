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

    /// Whether a process holds the lock beside a file, without taking it: another process could want it just then.
    ///
    /// - Returns: False also where the system does not list its locks: only Linux does, in `/proc/locks`.
    package static func isHeld(beside path: FilePath) -> Bool {
        guard let lock = try? FilePath(path.string + ".lock").stat(),
            let list = try? FileDescriptor.open("/proc/locks", .readOnly)
        else { return false }
        defer { try? list.close() }
        let text = (try? list.readAll(limit: 16 << 20)) ?? []
        // A line is `12: FLOCK  ADVISORY  WRITE 4711 fe:00:131077 0 EOF`; waiting processes have `->` behind the number.
        return String(decoding: text, as: UTF8.self).split(separator: "\n").contains { line in
            let words = line.split(separator: " ")
            return words.count > 5 && words[1] == "FLOCK" && words[5].hasSuffix(":\(lock.inode.rawValue)")
        }
    }
}
