package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Writes a file whole or not at all, and returns when it is on the disk.
///
/// The bytes go into a file beside it, `name.PID-N.new`, which is synced and then takes the name; syncing the folder
/// makes the name last. A process that dies, or a machine that loses its power, leaves the old file or the new one.
///
/// The writer locks the file beside it. One that nobody has locked is what a dead writer has left, and the next writer
/// removes it: it can hold a secret.
package struct AtomicFile {
    /// Where the file is.
    package let path: FilePath

    /// A file at a path, whether it is there or not.
    package init(_ path: FilePath) {
        self.path = path
    }

    /// For the owner of a file alone.
    package static let ownerOnly: FilePermissions = [.ownerRead, .ownerWrite]
    /// For the owner of a folder alone.
    package static let ownerOnlyFolder: FilePermissions = .ownerReadWriteExecute
    /// So many names are tried: another process may take a file for a leftover before it is locked.
    private static let attempts = 5

    /// Writes the file, in the place of what has its name.
    ///
    /// Folders that are missing are made.
    ///
    /// - Throws: `Errno`.
    package func write(
        _ bytes: [UInt8], permissions: FilePermissions = ownerOnly, folders: FilePermissions = ownerOnlyFolder
    ) throws {
        try Self.makeFolder(folder, permissions: folders)
        try withFolder { try Self.write(bytes, to: name, in: $0, permissions: permissions) }
    }

    /// Writes a file of an open folder, in the place of what has its name.
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

    /// Writes the file unless there is one already.
    ///
    /// Its folder must be there.
    ///
    /// - Returns: whether it was written.
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

    /// Makes the file beside it, hands its name over when it is synced, still locked, and syncs the folder.
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
            // Where a file system knows no locks, none of its files is ever taken for a leftover either.
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

    /// Makes a folder and those above it that are missing.
    ///
    /// - Throws: `Errno`.
    package static func makeFolder(_ path: FilePath, permissions: FilePermissions = ownerOnlyFolder) throws {
        if path.isEmpty || access(path.string, F_OK) == 0 { return }
        try makeFolder(path.removingLastComponent(), permissions: permissions)
        guard mkdir(path.string, permissions.rawValue) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
        // A folder that a loss of power takes away takes the file in it along.
        try AtomicFile(path).withFolder(synchronize)
    }

    private static let ending = ".new"

    /// Removes what writers that died have left in a folder; what cannot be read is left alone.
    package static func removeLeftovers(in folder: FilePath) {
        guard let opened = try? FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec]) else {
            return
        }
        removeLeftovers(in: opened, of: nil)
        try? opened.close()
    }

    /// - Parameters:
    ///   - folder: the open folder.
    ///   - name: the file whose writers are meant; `nil` for all.
    private static func removeLeftovers(in folder: FileDescriptor, of name: String?) {
        // Opened once more: reading a folder moves its descriptor.
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

    /// The name that a file beside another was to get: `credentials.toml` of `credentials.toml.4711-3.new`.
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
