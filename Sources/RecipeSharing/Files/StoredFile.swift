internal import Groundwork
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file that is read completely up to a limit, and written completely or not at all.
struct StoredFile {
    let path: FilePath

    /// Returns the bytes; `nil` if nothing exists at the path.
    ///
    /// - Throws: `SharingError`: `unreadable`, also if it is not a regular file; `tooLarge`.
    func read(limit: Int) throws(SharingError) -> [UInt8]? {
        do {
            // Nonblocking, because opening a pipe without a writer would block.
            let descriptor = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
            return try Self.read(descriptor, limit: limit, path)
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
            return nil
        } catch let error as SharingError {
            throw error
        } catch {
            throw SharingError(.unreadable, "'\(path)' cannot be read: \(error.plainDescription)")
        }
    }

    /// Reads an open file to its end and closes it.
    ///
    /// - Throws: `SharingError`: `unreadable` if it is not a regular file, `tooLarge`; `Errno`.
    static func read(_ descriptor: FileDescriptor, limit: Int, _ path: FilePath) throws -> [UInt8] {
        defer { try? descriptor.close() }
        guard try descriptor.stat().type == .regular else {
            throw SharingError(.unreadable, "'\(path)' is not a regular file")
        }
        guard let bytes = try descriptor.readAll(limit: limit) else {
            throw SharingError(.tooLarge, "'\(path)' has more than \(limit) bytes")
        }
        return bytes
    }

    /// Writes the file and creates missing folders.
    ///
    /// - Throws: `SharingError`, `unwritable`.
    func write(_ bytes: [UInt8], permissions: FilePermissions, folders: FilePermissions) throws(SharingError) {
        let folder = path.removingLastComponent()
        do {
            try AtomicFile.makeFolder(folder, permissions: folders)
        } catch {
            throw SharingError(.unwritable, "'\(folder)' cannot be created: \(error.plainDescription)")
        }
        try FolderFiles(folder: folder).write(
            bytes, to: FilePath(root: nil, path.components.suffix(1)), permissions: permissions, folders: folders)
    }

    /// Whether an entry with this path exists; links are not followed.
    static func exists(_ path: FilePath) -> Bool {
        var status = stat()
        return lstat(path.string, &status) == 0
    }

    /// Removes a file, a link, or a folder with its content; ignores errors and does not follow links.
    static func removeAll(_ path: FilePath) {
        if unlink(path.string) == 0 { return }
        for name in names(in: path) { removeAll(path.appending(name)) }
        rmdir(path.string)
    }

    /// Returns the total size in bytes of the files below a folder; does not follow links.
    ///
    /// Stops counting once the total exceeds the limit.
    static func size(below path: FilePath, limit: Int) -> Int {
        var status = stat()
        guard lstat(path.string, &status) == 0 else { return 0 }
        guard status.st_mode & S_IFMT == S_IFDIR else { return Int(status.st_size) }
        var sum = 0
        for name in names(in: path) where sum <= limit {
            sum += size(below: path.appending(name), limit: limit - sum)
        }
        return sum
    }

    /// Returns the names in a folder, without `.` and `..`; empty if it cannot be read.
    private static func names(in folder: FilePath) -> [String] {
        guard let stream = opendir(folder.string) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                names.append(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
            }
        }
        return names.filter { $0 != "." && $0 != ".." }
    }
}
