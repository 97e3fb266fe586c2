import Foundation

/// A folder of a test, which goes away with it.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        // A short path: an agent's socket has to fit.
        path = FileManager.default.temporaryDirectory.path + "/sprun-ssh-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ text: String, _ name: String, mode: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(filePath: file(name)))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file(name))
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

    /// All files below, by their paths.
    func names(below name: String = "") throws -> [String] {
        guard FileManager.default.fileExists(atPath: file(name)) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: file(name)).sorted()
    }

    func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
    }
}
