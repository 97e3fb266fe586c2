internal import Groundwork
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Access to the files below a folder, without following links and without leaving the folder.
///
/// The folder's own path is opened as the user wrote it. Below it, each path component is opened separately, so no link
/// is followed, whether the project contains it or another process creates it meanwhile.
struct FolderFiles {
    let folder: FilePath

    /// A path component that is not opened, with the reason.
    private struct Refused: Error {
        let path: FilePath
        let reason: String
    }

    /// Returns the bytes of a file; `nil` if nothing exists at the path.
    ///
    /// - Parameters:
    ///   - path: The path relative to the folder, without `..`.
    ///   - limit: The largest accepted size in bytes.
    /// - Returns: The bytes.
    /// - Throws: `SharingError`: `outside` for a link or a path that leaves the folder; `unreadable`, also if it is not
    ///   a regular file; `tooLarge`.
    func read(_ path: FilePath, limit: Int) throws(SharingError) -> [UInt8]? {
        do {
            let parent = try open(path.removingLastComponent(), making: nil)
            return try parent.closeAfter {
                let name = try Self.name(of: path)
                // Nonblocking, because opening a pipe without a writer would block.
                let number = openat(parent.rawValue, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
                guard number >= 0 else { throw refusal(of: path, name, in: parent, Errno(rawValue: errno)) }
                return try StoredFile.read(FileDescriptor(rawValue: number), limit: limit, folder.pushing(path))
            }
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
            return nil
        } catch let error as SharingError {
            throw error
        } catch let error as Refused {
            throw SharingError(.outside, "'\(folder.pushing(error.path))' \(error.reason); sprun does not read it")
        } catch {
            throw SharingError(.unreadable, "'\(folder.pushing(path))' cannot be read: \(error.plainDescription)")
        }
    }

    /// Writes a file completely or not at all, and creates missing folders on its path.
    ///
    /// - Throws: `SharingError`: `unwritable`, also if a path component is a link.
    func write(
        _ bytes: [UInt8], to path: FilePath, permissions: FilePermissions, folders: FilePermissions
    ) throws(SharingError) {
        do {
            let parent = try open(path.removingLastComponent(), making: folders)
            try parent.closeAfter {
                try AtomicFile.write(bytes, to: Self.name(of: path), in: parent, permissions: permissions)
            }
        } catch let error as Refused {
            throw SharingError(
                .unwritable, "'\(folder.pushing(error.path))' \(error.reason); sprun does not write to it",
                hint: "remove it")
        } catch {
            throw SharingError(.unwritable, "'\(folder.pushing(path))' cannot be written: \(error.plainDescription)")
        }
    }

    /// Whether a folder below this folder is reachable without following a link.
    func reaches(_ path: FilePath) -> Bool {
        guard let descriptor = try? open(path, making: nil) else { return false }
        try? descriptor.close()
        return true
    }

    /// Opens this folder and then each path component below it.
    ///
    /// - Parameters:
    ///   - path: The path relative to the folder.
    ///   - permissions: The mode of missing folders, which are then created; `nil` to create none.
    /// - Returns: The descriptor of the last folder.
    /// - Throws: `Refused`, `Errno`.
    private func open(_ path: FilePath, making permissions: FilePermissions?) throws -> FileDescriptor {
        var current = try FileDescriptor.open(
            folder.isEmpty ? "." : folder, .readOnly, options: [.directory, .closeOnExec])
        var passed = FilePath()
        do {
            guard !path.isAbsolute else { throw Refused(path: path, reason: "is outside of '\(folder)'") }
            for part in path.components {
                passed.append(part)
                let name = part.string
                guard part.kind == .regular else { throw Refused(path: passed, reason: "leads out of '\(folder)'") }
                if let permissions, mkdirat(current.rawValue, name, permissions.rawValue) != 0, errno != EEXIST {
                    throw Errno(rawValue: errno)
                }
                let next = openat(current.rawValue, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                guard next >= 0 else { throw refusal(of: passed, name, in: current, Errno(rawValue: errno)) }
                try? current.close()
                current = FileDescriptor(rawValue: next)
            }
        } catch {
            try? current.close()
            throw error
        }
        return current
    }

    /// Returns the reason why a component cannot be opened; the `errno` for a link differs between systems.
    private func refusal(of path: FilePath, _ name: String, in parent: FileDescriptor, _ error: Errno) -> any Error {
        var status = stat()
        guard fstatat(parent.rawValue, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
            status.st_mode & S_IFMT == S_IFLNK
        else { return error }
        return Refused(path: path, reason: "is a symbolic link")
    }

    private static func name(of path: FilePath) throws -> String {
        guard let last = path.lastComponent, last.kind == .regular else {
            throw Refused(path: path, reason: "does not name a file")
        }
        return last.string
    }
}
