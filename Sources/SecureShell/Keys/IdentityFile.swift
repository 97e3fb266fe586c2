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
    /// Looks whether ssh will use it, since what ssh itself says of that is easily taken for a refused login.
    ///
    /// A public key is fine too: the agent has the private one.
    ///
    /// - Throws: `ShellFailure`, `identity`.
    static func check(_ path: String) throws(ShellFailure) {
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
            defer { try? descriptor.close() }
            let found = try descriptor.stat()
            guard found.type == .regular else {
                throw ShellFailure(.identity, "'\(path)' is no regular file")
            }
            var beginning = [UInt8](repeating: 0, count: 10)
            let count = try beginning.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            guard Array("-----BEGIN".utf8).starts(with: beginning.prefix(count)), count == 10 else { return }
            let others: FilePermissions = [.groupReadWriteExecute, .otherReadWriteExecute]
            guard found.permissions.isDisjoint(with: others) else {
                throw ShellFailure(
                    .identity, "others can read the private key '\(path)'", hint: "chmod 600 '\(path)'")
            }
        } catch let error as ShellFailure {
            throw error
        } catch {
            throw ShellFailure(
                .identity, "the private key '\(path)' cannot be read: \(plainText(error))",
                hint: "identity names a file of this machine")
        }
    }
}

/// What went wrong, in the system's words.
func plainText(_ error: any Error) -> String {
    guard let error = error as? Errno else { return "\(error)" }
    return error.description.prefix(1).lowercased() + error.description.dropFirst()
}
