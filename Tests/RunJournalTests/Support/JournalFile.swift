import FoundationEssentials
import RunJournal
import Subprocess

/// Files for a store in a folder of their own, which goes away with it.
final class JournalFile: Sendable {
    let folder: String
    var path: String { folder + "/journal.db" }
    var keyPath: String { folder + "/journal.key" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/sprun-journal-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Opens the store, or makes it.
    func open() throws -> SQLiteRunStore { try SQLiteRunStore(path: path, keyPath: keyPath) }

    /// The bytes of a file of the folder.
    func bytes(_ name: String = "journal.db") throws -> Data {
        try Data(contentsOf: URL(filePath: folder + "/" + name))
    }

    /// Writes a file of the folder.
    func write(_ bytes: Data, _ name: String = "journal.db") throws {
        try bytes.write(to: URL(filePath: folder + "/" + name))
    }

    /// The names of the files that are there.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    /// The permissions of a file of the folder.
    func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int
    }

    /// Sets the permissions of a file of the folder.
    func setMode(_ mode: Int, _ name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder + "/" + name)
    }

    /// Runs SQL on the file by Python, which shares no code with the store, and gives what it selects.
    ///
    /// `flip(blob)` changes one bit in the middle of a blob.
    @discardableResult
    func python(_ sql: String) async throws -> String {
        let script = """
            import sqlite3, sys
            def flip(blob):
                middle = len(blob) // 2
                return blob[:middle] + bytes([blob[middle] ^ 1]) + blob[middle + 1:]
            connection = sqlite3.connect(sys.argv[1])
            connection.create_function("flip", 1, flip)
            for row in connection.execute(sys.argv[2]): print(*row)
            connection.commit()
            connection.close()
            """
        let result = try await run(
            .name("python3"), arguments: ["-c", script, path, sql], output: .string(limit: 1 << 22),
            error: .string(limit: 1 << 16))
        guard result.terminationStatus == .exited(0) else { throw Failed(text: result.standardError) }
        return result.standardOutput
    }

    struct Failed: Error {
        let text: String
    }
}
