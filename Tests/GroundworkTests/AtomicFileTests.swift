import Foundation
import Groundwork
import SystemPackage
import Testing

@Suite("An atomic file")
struct AtomicFileTests {
    /// A folder of this test's own.
    private let folder: FilePath

    init() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("sprun-atomic-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        folder = FilePath(path.path)
    }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []).sorted()
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: folder.appending(name).string, encoding: .utf8)
    }

    @Test("replaces the earlier file, is readable by its owner only, and leaves no temporary file")
    func replaces() throws {
        let file = AtomicFile(folder.appending("a.json"))
        try file.write(Array("one".utf8))
        try file.write(Array("two".utf8))
        #expect(try text("a.json") == "two")
        #expect(names == ["a.json"])
        let mode = try FileManager.default.attributesOfItem(atPath: file.path.string)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try AtomicFile(folder.appending("deep/er/b")).write(Array("b".utf8))
        #expect(try text("deep/er/b") == "b")
    }

    @Test("create does not replace an existing file")
    func creates() throws {
        let file = AtomicFile(folder.appending("key"))
        #expect(try file.create(Array("first".utf8)))
        #expect(try !file.create(Array("second".utf8)))
        #expect(try text("key") == "first")
        #expect(names == ["key"])
    }

    @Test("the next write removes the temporary file of a dead writer, and no other file")
    func leftovers() throws {
        let left = ["a.4711.new", "a.4711-12.new"]
        let others = ["a.b.new", "a.new", "b.4711.new", "note.new", "a.1-2-3.new"]
        for name in left + others { try AtomicFile(folder.appending("x")).write([]); try write(name) }
        try AtomicFile(folder.appending("a")).write(Array("new".utf8))
        #expect(Set(names) == Set(others + ["a", "x"]))
        AtomicFile.removeLeftovers(in: folder)
        #expect(Set(names) == Set(others + ["a", "x"]).subtracting(["b.4711.new"]))
    }

    private func write(_ name: String) throws {
        try Data("left".utf8).write(to: URL(fileURLWithPath: folder.appending(name).string))
    }

    @Test("a write keeps the temporary file of a living writer")
    func locked() throws {
        try write("a.4711.new")
        let path = folder.appending("a.4711.new")
        let descriptor = try FileDescriptor.open(path, .writeOnly)
        defer { try? descriptor.close() }
        try #require(flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0)
        AtomicFile.removeLeftovers(in: folder)
        #expect(names == ["a.4711.new"])
    }

    @Test("a failed write keeps the old file and leaves no temporary file")
    func fails() throws {
        try FileManager.default.createDirectory(
            atPath: folder.appending("a").string, withIntermediateDirectories: false)
        try write("a/inside")
        #expect(throws: Errno.self) { try AtomicFile(folder.appending("a")).write(Array("new".utf8)) }
        #expect(names == ["a"])
    }

    @Test("concurrent writers leave one complete file")
    func many() async throws {
        let path = folder.appending("a")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask { try AtomicFile(path).write(Array(String(repeating: "\(number) ", count: 500).utf8)) }
            }
            try await group.waitForAll()
        }
        #expect(Set(try text("a").split(separator: " ")).count == 1)
        #expect(names == ["a"])
    }
}
