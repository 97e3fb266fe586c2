import FoundationEssentials
import ServerPilotSimulator
import Subprocess

/// A file for a store in a folder of its own, which goes away with it.
final class StoreFile: Sendable {
    let folder: String
    var path: String { folder + "/account.db" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/sprun-store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The bytes of the file.
    func bytes() throws -> Data { try Data(contentsOf: URL(filePath: path)) }

    /// Writes the file.
    func write(_ bytes: Data) throws { try bytes.write(to: URL(filePath: path)) }

    /// The permissions of a file of the folder.
    func mode(_ suffix: String = "") throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path + suffix)[.posixPermissions] as? Int
    }

    /// Runs SQL on the file by Python, which shares no code with the store, and gives what it selects.
    @discardableResult
    func python(_ sql: String) async throws -> String {
        let script = """
            import sqlite3, sys
            connection = sqlite3.connect(sys.argv[1])
            for row in connection.execute(sys.argv[2]): print(*row)
            connection.commit()
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
