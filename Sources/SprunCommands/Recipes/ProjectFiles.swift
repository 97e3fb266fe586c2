internal import FoundationEssentials
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

/// Access to local files for the recipes of a project.
struct ProjectFiles: LocalFiles {
    /// The folder of the project.
    let folder: FilePath
    /// The user's home folder; `nil` if it is not known.
    let home: String?

    func path(_ name: String) -> String {
        if let home, name == "~" || name.hasPrefix("~/") {
            return FilePath(home + name.dropFirst(1)).lexicallyNormalized().string
        }
        return folder.pushing(FilePath(name)).lexicallyNormalized().string
    }

    func read(_ name: String, below grants: [[String]], limit: Int) throws(LocalFileFailure) -> [UInt8] {
        guard let real = Self.real(path(name)) else {
            throw LocalFileFailure("the file '\(name)' cannot be read: \(Errno(rawValue: errno))")
        }
        for folders in grants {
            guard
                folders.contains(where: {
                    Self.real(path($0)).map { FilePath(real).starts(with: FilePath($0)) } ?? false
                })
            else { throw LocalFileFailure("'\(name)' is not in a folder that the recipe may read", isRefused: true) }
        }
        do {
            // Open the resolved path and refuse links, in case another process replaces the file meanwhile.
            let descriptor = try FileDescriptor.open(
                FilePath(real), .readOnly, options: [.nonBlocking, .noFollow, .closeOnExec])
            return try descriptor.closeAfter {
                guard try descriptor.stat().type == .regular else {
                    throw LocalFileFailure("'\(name)' is not a regular file")
                }
                guard let bytes = try descriptor.readAll(limit: limit) else {
                    throw LocalFileFailure("'\(name)' is larger than \(limit) bytes")
                }
                return bytes
            }
        } catch let failure as LocalFileFailure {
            throw failure
        } catch {
            throw LocalFileFailure("the file '\(name)' cannot be read: \(error)")
        }
    }

    /// Resolves all links in a path; `nil` if nothing exists there.
    private static func real(_ path: String) -> String? {
        guard let text = realpath(path, nil) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }
}
