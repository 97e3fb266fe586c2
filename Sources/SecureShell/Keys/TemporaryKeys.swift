internal import RecipeEngine
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file of known hosts with exactly one key, for its owner alone, as long as it is used.
struct TemporaryKeys {
    let path: FilePath

    /// Writes the file.
    ///
    /// - Parameters:
    ///   - key: kind and key; whatever the host is called, it counts.
    ///   - folder: where.
    /// - Throws: `ShellFailure`, `failed`.
    init(_ key: String, in folder: FilePath) throws(ShellFailure) {
        path = folder.appending("sprun-known-hosts-\(getpid())-\(UInt64.random(in: 0 ... .max))")
        do {
            let descriptor = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: [.ownerReadWrite])
            try descriptor.closeAfter { _ = try descriptor.writeAll("* \(key)\n".utf8) }
        } catch {
            throw ShellFailure(.failed, "'\(path)' cannot be written: \(plainText(error))")
        }
    }

    func remove() { unlink(path.string) }
}
