package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file that is written completely or not at all, and is on the disk when a write returns.
///
/// The writer puts the bytes into a temporary file in the same folder, `name.PID-N.new`, syncs it, and then renames it.
/// Syncing the folder makes the name durable. A process that dies, or a machine that loses power, leaves the old file
/// or the new file.
///
/// The writer locks the temporary file. An unlocked temporary file is a leftover of a dead writer. The next writer
/// removes it, since it can hold a secret.
package struct AtomicFile {
    /// The path of the file.
    package let path: FilePath

    /// Creates a description of a file, whether the file exists or not.
    package init(_ path: FilePath) {
        self.path = path
    }

    /// Permissions 0600: only the owner reads and writes the file.
    package static let ownerOnly: FilePermissions = [.ownerRead, .ownerWrite]
    /// Permissions 0700: only the owner uses the folder.
    package static let ownerOnlyFolder: FilePermissions = .ownerReadWriteExecute
    /// Names to try for a temporary file: another process may remove it as a leftover before it is locked.
    private static let attempts = 5

    /// Writes the file, and replaces an existing file.
    ///
    /// Creates missing folders, with the permissions `folders`.
    ///
    /// - Throws: `Errno`.
    package func write(
        _ bytes: [UInt8], permissions: FilePermissions = ownerOnly, folders: FilePermissions = ownerOnlyFolder
    ) throws {
        try Self.makeFolder(folder, permissions: folders)
        try withFolder { try Self.write(bytes, to: name, in: $0, permissions: permissions) }
    }

    /// Writes a file in an open folder, and replaces an existing file.
    ///
    /// - Throws: `Errno`.
    package static func write(
        _ bytes: [UInt8], to name: String, in folder: FileDescriptor, permissions: FilePermissions
    ) throws {
        try withTemporary(bytes, name, in: folder, permissions) { temporary in
            guard renameat(folder.rawValue, temporary, folder.rawValue, name) == 0 else {
                throw Errno(rawValue: errno)
            }
        }
    }

    /// Writes the file, for its owner only, unless it exists.
    ///
    /// Its folder must exist.
    ///
    /// - Returns: False if the file existed already.
    /// - Throws: `Errno`.
    package func create(_ bytes: [UInt8]) throws -> Bool {
        var isNew = true
        try withFolder { folder in
            try Self.withTemporary(bytes, name, in: folder, Self.ownerOnly) { temporary in
                isNew = linkat(folder.rawValue, temporary, folder.rawValue, name, 0) == 0
                guard isNew || errno == EEXIST else { throw Errno(rawValue: errno) }
                unlinkat(folder.rawValue, temporary, 0)
            }
        }
        return isNew
    }

    private var name: String { path.lastComponent?.string ?? "" }

    private var folder: FilePath {
        let folder = path.removingLastComponent()
        return folder.isEmpty ? "." : folder
    }

    private func withFolder(_ body: (FileDescriptor) throws -> Void) throws {
        let opened = try FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec])
        try opened.closeAfter { try body(opened) }
    }

    /// Writes and syncs a temporary file, passes its name to `finish` while it is still locked, and syncs the folder.
    private static func withTemporary(
        _ bytes: [UInt8], _ name: String, in folder: FileDescriptor, _ permissions: FilePermissions,
        _ finish: (String) throws -> Void
    ) throws {
        removeLeftovers(in: folder, of: name)
        let (temporary, descriptor) = try openTemporary(name, in: folder, permissions)
        do {
            try descriptor.closeAfter {
                _ = try descriptor.writeAll(bytes)
                try synchronize(descriptor)
                try finish(temporary)
            }
        } catch {
            unlinkat(folder.rawValue, temporary, 0)
            throw error
        }
        try synchronize(folder)
    }

    private static func openTemporary(
        _ name: String, in folder: FileDescriptor, _ permissions: FilePermissions
    ) throws -> (String, FileDescriptor) {
        for _ in 0..<attempts {
            let temporary = "\(name).\(getpid())-\(UInt32.random(in: 0 ... .max))\(ending)"
            let number = openat(
                folder.rawValue, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions.rawValue)
            guard number >= 0 else { throw Errno(rawValue: errno) }
            // Some file systems have no locks. There removeUnlessLocked gets no lock either, and removes nothing.
            _ = flock(number, LOCK_EX)
            if faccessat(folder.rawValue, temporary, F_OK, 0) == 0 {
                return (temporary, FileDescriptor(rawValue: number))
            }
            try FileDescriptor(rawValue: number).close()
        }
        throw Errno.resourceBusy
    }

    private static func synchronize(_ descriptor: FileDescriptor) throws {
        guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }

    // MARK: Folders

    /// Creates a folder and its missing parents.
    ///
    /// - Throws: `Errno`.
    package static func makeFolder(_ path: FilePath, permissions: FilePermissions = ownerOnlyFolder) throws {
        if path.isEmpty || access(path.string, F_OK) == 0 { return }
        try makeFolder(path.removingLastComponent(), permissions: permissions)
        guard mkdir(path.string, permissions.rawValue) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
        // Syncs the parent folder: a power loss that undid the new folder would also remove the files in it.
        try AtomicFile(path).withFolder(synchronize)
    }

    private static let ending = ".new"

    /// Removes the temporary files of dead writers from a folder, except those that cannot be opened.
    package static func removeLeftovers(in folder: FilePath) {
        guard let opened = try? FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec]) else {
            return
        }
        removeLeftovers(in: opened, of: nil)
        try? opened.close()
    }

    /// - Parameters:
    ///   - folder: The open folder.
    ///   - name: The file whose leftovers to remove; `nil` for all files.
    private static func removeLeftovers(in folder: FileDescriptor, of name: String?) {
        // Opens the folder again: reading it would move the position of the caller's descriptor.
        let number = openat(folder.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0, let stream = fdopendir(number) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let found = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let written = nameWritten(by: found), name == nil || written == name else { continue }
            removeUnlessLocked(found, in: folder)
        }
    }

    /// Returns the target of a temporary file: `credentials.toml` for `credentials.toml.4711-3.new`; else `nil`.
    private static func nameWritten(by temporary: String) -> String? {
        guard temporary.hasSuffix(ending) else { return nil }
        let stem = temporary.dropLast(ending.count)
        guard let dot = stem.lastIndex(of: "."), dot > stem.startIndex else { return nil }
        let numbers = stem[stem.index(after: dot)...].split(separator: "-", omittingEmptySubsequences: false)
        let areNumbers = numbers.count <= 2 && numbers.allSatisfy { UInt32($0) != nil }
        return areNumbers ? String(stem[..<dot]) : nil
    }

    private static func removeUnlessLocked(_ name: String, in folder: FileDescriptor) {
        let number = openat(folder.rawValue, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { return }
        if flock(number, LOCK_EX | LOCK_NB) == 0 { unlinkat(folder.rawValue, name, 0) }
        close(number)
    }
}
