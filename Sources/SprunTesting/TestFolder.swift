internal import FoundationEssentials

/// A temporary folder, which is removed with the object.
package final class TestFolder: Sendable {
    /// The path of the folder, short enough for a socket in it.
    package let path: String

    /// Creates an empty folder with mode 0700.
    package init() throws {
        path = FileManager.default.temporaryDirectory.path + "/sprun-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Returns the path of a file in the folder.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, and creates its folder if necessary.
    package func write(_ text: String, _ name: String, mode: Int? = nil) throws {
        try write(Array(text.utf8), name, mode: mode)
    }

    /// Writes a file, and creates its folder if necessary.
    package func write(_ bytes: [UInt8], _ name: String, mode: Int? = nil) throws {
        let file = URL(filePath: file(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        if let mode { try setMode(mode, name) }
    }

    /// Returns the bytes of a file.
    package func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: file(name)))) }

    /// Returns the text of a file.
    package func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// Returns the sorted paths of everything below a folder; empty if the folder does not exist.
    package func names(below name: String = "") throws -> [String] {
        guard FileManager.default.fileExists(atPath: file(name)) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: file(name)).sorted()
    }

    /// Returns the permissions of a file, such as 0o600.
    package func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
    }

    /// Sets the permissions of a file.
    package func setMode(_ mode: Int, _ name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file(name))
    }

    /// Removes a file, or a folder with everything in it.
    package func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: file(name)) }
}
