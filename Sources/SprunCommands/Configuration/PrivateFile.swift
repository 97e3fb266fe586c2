internal import FoundationEssentials
internal import Groundwork
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file that only its owner may read.
struct PrivateFile {
    let path: FilePath

    /// The largest file that is read: credentials, settings and recipes are small.
    ///
    /// A simulated account of 10,000 apps has 10 MB.
    static let largest = 64 << 20

    /// Reads a text file written by a user (`TextFile`).
    ///
    /// - Throws: `CommandFailure`, `unreadable_file`.
    static func read(_ path: FilePath, what: String) throws -> [UInt8] {
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly)
            return try descriptor.closeAfter { try read(descriptor, "\(what) '\(path)'") }
        } catch let error as Errno {
            throw CommandFailure("unreadable_file", "\(what) '\(path)' cannot be read: \(error.plainDescription)")
        }
    }

    /// Reads standard input as text, to its end.
    ///
    /// It uses the existing descriptor, because `/dev/stdin` cannot be opened if it is a socket.
    ///
    /// - Throws: `CommandFailure`, `unreadable_file`.
    static func readStandardInput() throws -> [UInt8] {
        do {
            return try read(.standardInput, "standard input")
        } catch let error as Errno {
            throw CommandFailure("unreadable_file", "standard input cannot be read: \(error.plainDescription)")
        }
    }

    private static func read(_ descriptor: FileDescriptor, _ what: String) throws -> [UInt8] {
        guard let bytes = try descriptor.readAll(limit: largest) else {
            throw CommandFailure("unreadable_file", "\(what) is larger than 64 MiB")
        }
        guard !TextFile.isUTF16(bytes) else {
            throw CommandFailure("unreadable_file", "\(what) is in UTF-16", hint: "save it as UTF-8")
        }
        return TextFile.text(bytes)
    }

    /// Whether anything exists at the path.
    static func exists(_ path: FilePath) -> Bool { access(path.string, F_OK) == 0 }

    /// Throws if other users can read the file.
    ///
    /// Accepts anything that is not a regular file, such as a pipe.
    ///
    /// - Throws: `CommandFailure`, `open_credentials`, with the command that corrects the permissions.
    func checkIsPrivate() throws {
        guard let status = try? Stat(path), status.type == .regular else { return }
        guard status.permissions.isDisjoint(with: .ofOthers) else {
            throw CommandFailure(
                "open_credentials", "other users can read the credentials in '\(path)'",
                hint: "chmod 600 \(path.string.shellQuoted)")
        }
    }

    /// Writes the file completely or not at all, with mode 0600, and creates its folder (0700) if necessary.
    ///
    /// If the path is a pipe, a device or another file that is not regular, writes to it directly.
    ///
    /// - Throws: `CommandFailure`, `unwritable_file`.
    func write(_ bytes: [UInt8]) throws {
        do {
            if let status = try? Stat(path), status.type != .regular {
                let descriptor = try FileDescriptor.open(path, .writeOnly)
                _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
            } else {
                try AtomicFile(path).write(bytes)
            }
        } catch let error as Errno {
            throw CommandFailure("unwritable_file", "'\(path)' cannot be written: \(error.plainDescription)")
        }
    }

    /// Creates the folder if necessary and throws if files cannot be created in it.
    ///
    /// - Throws: `CommandFailure`, `unwritable_file`.
    static func checkIsWritable(folder: FilePath) throws {
        do {
            try AtomicFile.makeFolder(folder)
            guard try Stat(folder).type == .directory else { throw Errno.notDirectory }
            guard access(folder.string, W_OK | X_OK) == 0 else { throw Errno(rawValue: errno) }
        } catch let error as Errno {
            throw CommandFailure(
                "unwritable_file", "the folder '\(folder)' cannot be written: \(error.plainDescription)")
        }
    }

    /// Throws if an existing file cannot be written.
    ///
    /// - Throws: `CommandFailure`, `unwritable_file`.
    static func checkIsWritable(_ path: FilePath) throws {
        guard access(path.string, W_OK) == 0 else {
            throw CommandFailure(
                "unwritable_file", "'\(path)' cannot be written: \(Errno(rawValue: errno).plainDescription)")
        }
    }

    /// Deletes temporary files of writers that were killed: they can contain a key or a password.
    static func removeLeftovers(_ paths: Paths) {
        for folder in [paths.configuration, paths.profiles, paths.state, paths.secrets] {
            AtomicFile.removeLeftovers(in: folder)
        }
    }

    /// Removes the file if it exists.
    func remove() { unlink(path.string) }
}
