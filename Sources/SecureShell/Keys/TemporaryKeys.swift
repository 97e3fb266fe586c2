internal import Groundwork
internal import RecipeEngine
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A known-hosts file with exactly one key, readable by its owner only; the caller removes it after use.
struct TemporaryKeys {
    let path: FilePath

    /// Writes the file.
    ///
    /// - Parameters:
    ///   - key: Key type and key; the file accepts it for every host name.
    ///   - folder: The folder for the file.
    /// - Throws: `ShellFailure`, `failed`.
    init(_ key: String, in folder: FilePath) throws(ShellFailure) {
        path = folder.appending("sprun-known-hosts-\(getpid())-\(UInt64.random(in: 0 ... .max))")
        do {
            let descriptor = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: [.ownerReadWrite])
            try descriptor.closeAfter { _ = try descriptor.writeAll("* \(key)\n".utf8) }
        } catch {
            throw ShellFailure(.failed, "'\(path)' cannot be written: \(error.plainDescription)")
        }
    }

    func remove() { unlink(path.string) }
}
