internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file that is read whole up to a limit, and written whole or not at all.
struct StoredFile {
    let path: FilePath

    /// The bytes; `nil` where nothing is at the path.
    ///
    /// - Throws: `SharingError`: `unreadable`, also for what is no regular file; `tooLarge`.
    func read(limit: Int) throws(SharingError) -> [UInt8]? {
        do {
            // Without waiting, since opening a pipe that nobody writes to would.
            let descriptor = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking])
            return try descriptor.closeAfter {
                guard try descriptor.stat().type == .regular else {
                    throw SharingError(.unreadable, "'\(path)' is no regular file")
                }
                return try Self.read(descriptor, limit: limit, path)
            }
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
            return nil
        } catch let error as SharingError {
            throw error
        } catch {
            throw SharingError(.unreadable, "'\(path)' cannot be read: \(plainText(error))")
        }
    }

    private static func read(_ descriptor: FileDescriptor, limit: Int, _ path: FilePath) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 1)
        defer { chunk.deallocate() }
        while case let count = try descriptor.read(into: chunk), count > 0 {
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else {
                throw SharingError(.tooLarge, "'\(path)' has more than \(limit) bytes")
            }
        }
        return bytes
    }

    /// Writes the file by way of another one beside it, which gets its name when it is whole and on the disk.
    ///
    /// Folders that are missing are made.
    ///
    /// - Throws: `SharingError`, `unwritable`.
    func write(_ bytes: [UInt8], permissions: FilePermissions, folders: FilePermissions) throws(SharingError) {
        do {
            let folder = path.removingLastComponent()
            try Self.makeFolder(folder, permissions: folders)
            let temporary = FilePath("\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).new")
            let descriptor = try FileDescriptor.open(
                temporary, .writeOnly, options: [.create, .exclusiveCreate], permissions: permissions)
            do {
                try descriptor.closeAfter {
                    _ = try descriptor.writeAll(bytes)
                    guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
                }
                guard rename(temporary.string, path.string) == 0 else { throw Errno(rawValue: errno) }
            } catch {
                unlink(temporary.string)
                throw error
            }
            let opened = try FileDescriptor.open(folder.isEmpty ? "." : folder, .readOnly)
            try opened.closeAfter { guard fsync(opened.rawValue) == 0 else { throw Errno(rawValue: errno) } }
        } catch {
            throw SharingError(.unwritable, "'\(path)' cannot be written: \(plainText(error))")
        }
    }

    /// Makes a folder and those above it that are missing.
    ///
    /// - Throws: `Errno`.
    static func makeFolder(_ path: FilePath, permissions: FilePermissions) throws {
        if path.isEmpty || access(path.string, F_OK) == 0 { return }
        try makeFolder(path.removingLastComponent(), permissions: permissions)
        guard mkdir(path.string, permissions.rawValue) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
    }

    /// Removes a file, a link or a folder with all that is in it, as far as that goes; links are not followed.
    static func removeAll(_ path: FilePath) {
        if unlink(path.string) == 0 { return }
        guard let stream = opendir(path.string) else { return }
        var names: [String] = []
        while let entry = readdir(stream) {
            withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                names.append(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
            }
        }
        closedir(stream)
        for name in names where name != "." && name != ".." { removeAll(path.appending(name)) }
        rmdir(path.string)
    }
}

/// What went wrong, in the system's words.
func plainText(_ error: any Error) -> String {
    guard let error = error as? Errno else { return "\(error)" }
    return error.description.prefix(1).lowercased() + error.description.dropFirst()
}
