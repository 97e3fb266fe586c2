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

/// The file with a private key.
enum IdentityFile {
    /// Checks that ssh will use the file, because ssh's own message looks like a refused login.
    ///
    /// A public key is valid too: the agent then holds the private key.
    ///
    /// - Throws: `ShellFailure`, `identity`.
    static func check(_ path: String) throws(ShellFailure) {
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
            defer { try? descriptor.close() }
            let found = try descriptor.stat()
            guard found.type == .regular else {
                throw ShellFailure(.identity, "'\(path)' is not a regular file")
            }
            var beginning = [UInt8](repeating: 0, count: 10)
            let count = try beginning.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            guard Array("-----BEGIN".utf8).starts(with: beginning.prefix(count)), count == 10 else { return }
            guard found.permissions.isDisjoint(with: .ofOthers) else {
                throw ShellFailure(
                    .identity, "other users can read the private key '\(path)'", hint: "chmod 600 \(path.singleQuoted)")
            }
        } catch let error as ShellFailure {
            throw error
        } catch {
            throw ShellFailure(
                .identity, "the private key '\(path)' cannot be read: \(error.plainDescription)",
                hint: "identity must be a file on this machine")
        }
    }
}
