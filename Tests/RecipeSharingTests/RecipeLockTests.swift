import Foundation
import Groundwork
import RecipeSharing
import ServerPilot
import SprunTesting
import Subprocess
import SystemPackage
import Testing

@Suite("The lock")
struct RecipeLockTests {
    private static func hash(_ text: String) -> ContentHash { ContentHash(of: text.utf8) }

    static func random(_ random: inout TestRandom) throws -> RecipeLock {
        var lock = RecipeLock()
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let number = Int.random(in: 0...99, using: &random)
            let kind = GitRevision.Kind.allCases.randomElement(using: &random) ?? .tag
            guard case .git(let locator) = try RecipeLocator("github.com/acme/r\(number % 7)/ü/p\(number)@v\(number)"),
                let commit = CommitID(String(format: "%040x", number))
            else { throw CancellationError() }
            var files = [ByteExact(locator.path): hash("\(number)")]
            for index in 0..<Int.random(in: 0...3, using: &random) {
                files[ByteExact("lib/\(index).lua")] = hash("\(index)")
            }
            lock.git[locator] = RecipeLock.GitEntry(kind: kind, commit: commit, files: files)
        }
        for index in 0..<Int.random(in: 0...3, using: &random) {
            if case .https(let locator) = try RecipeLocator(
                "https://acme.example/\(index).lua#sha256=\(hash("\(index)"))")
            {
                lock.https.insert(locator)
            }
        }
        return lock
    }

    @Test("a written lock is read back, and the same recipes give the same text")
    func roundTrip() throws {
        var random = TestRandom()
        for _ in 0..<200 {
            let lock = try Self.random(&random)
            let read = try RecipeLock(text: Array(lock.text.utf8), name: "sprun.lock")
            #expect(read == lock)
            #expect(read.text == lock.text)
        }
    }

    @Test("the text is TOML for an independent reader")
    func toml() async throws {
        var random = TestRandom()
        let folder = try TestFolder()
        let lock = try Self.random(&random)
        try folder.write(lock.text, "sprun.lock")
        let script = """
            import sys, tomllib
            lock = tomllib.load(open(sys.argv[1], "rb"))
            print(lock["format_version"], len(lock.get("git", [])), len(lock.get("https", [])),
                  sum(len(entry["files"]) for entry in lock.get("git", [])))
            """
        let result = try await run(
            .name("python3"), arguments: ["-c", script, folder.file("sprun.lock")], output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16))
        let files = lock.git.values.reduce(0) { $0 + $1.files.count }
        #expect(
            result.standardOutput == "1 \(lock.git.count) \(lock.https.count) \(files)\n", "\(result.standardError)")
    }

    private static let good = """
        format_version = 1

        [[git]]
        repository = "https://github.com/acme/recipes"
        path = "x.lua"
        ref = "v1"
        kind = "tag"
        commit = "0123456789012345678901234567890123456789"
        [git.files]
        "x.lua" = "0123456789012345678901234567890123456789012345678901234567890123"

        [[https]]
        url = "https://acme.example/x.lua"
        sha256 = "0123456789012345678901234567890123456789012345678901234567890123"

        """

    @Test(
        "an unexpected line is an error with its number",
        arguments: [
            ("format_version = 1\n", "", 2), ("kind = \"tag\"", "kind = \"twig\"", 3), ("kind = \"tag\"\n", "", 3),
            ("kind = \"tag\"", "kinds = \"tag\"", 7), ("kind = \"tag\"", "kind = \"tag\"\nkind = \"tag\"", 8),
            ("kind = \"tag\"", "kind = tag", 7), ("commit = \"0", "commit = \"", 3),
            ("\"x.lua\" = \"0", "\"x.lua\" = \"", 10),
            ("\"x.lua\" =", "\"y.lua\" =", 3), ("\"x.lua\" =", "\"../x.lua\" =", 10), ("[[https]]", "[[http]]", 12),
            ("[git.files]\n", "", 9), ("[[git]]", "<<<<<<< ours\n[[git]]", 3), ("https://github.com", "ext::sh", 3),
            ("https://github.com", "https://u:p@github.com", 3), ("ref = \"v1\"", "ref = \"-v1\"", 3),
            ("url = \"https", "url = \"http", 12), ("format_version = 1", "format_version = one", 1),
            ("path = \"x.lua\"", "path = \"x\"", 3), ("sha256 = \"0", "  sha256 = \"0", 14),
            ("[[https]]", "[git.files]", 12),
        ])
    func damaged(old: String, new: String, line: Int) throws {
        #expect(throws: Never.self) { try RecipeLock(text: Array(Self.good.utf8), name: "sprun.lock") }
        let text = Self.good.replacingOccurrences(of: old, with: new)
        try #require(text != Self.good)
        let error = #expect(throws: SharingError.self) { try RecipeLock(text: Array(text.utf8), name: "sprun.lock") }
        #expect(error?.code == .damagedLock)
        #expect(error?.message.hasPrefix("sprun.lock:\(line): ") == true, "\(error?.message ?? "")")
    }

    @Test("a lock of a newer version is not changed, a binary file is damaged, and no file is an empty lock")
    func others() throws {
        let newer = Self.good.replacingOccurrences(of: "format_version = 1", with: "format_version = 2")
        var error = #expect(throws: SharingError.self) { try RecipeLock(text: Array(newer.utf8), name: "l") }
        #expect(error?.code == .newerLock)
        error = #expect(throws: SharingError.self) { try RecipeLock(text: [0xFF, 0x0A], name: "l") }
        #expect(error?.code == .damagedLock)
        error = #expect(throws: SharingError.self) { try RecipeLock(text: [], name: "l") }
        #expect(error?.code == .damagedLock)
        let parts = Self.good.components(separatedBy: "\n\n")
        for part in parts.dropFirst() {
            error = #expect(throws: SharingError.self) {
                try RecipeLock(text: Array((parts + [part]).joined(separator: "\n\n").utf8), name: "l")
            }
            #expect(error?.message.contains("twice") == true)
        }
        #expect(try RecipeLock(readingFrom: "/nonexistent/sprun.lock") == RecipeLock())
    }

    @Test("removing or changing any byte gives an error or another lock, never a crash")
    func mutations() throws {
        var random = TestRandom()
        let good = Array(Self.good.utf8)
        let lock = try RecipeLock(text: good, name: "l")
        for index in good.indices {
            var cut = good
            cut.remove(at: index)
            var changed = good
            changed[index] = UInt8.random(in: 0...255, using: &random)
            for bytes in [cut, changed, Array(good[..<index])] where bytes != good {
                guard let read = try? RecipeLock(text: bytes, name: "l") else { continue }
                // Only digits of a hash, letters of a name, the case of a digit or an empty line can have been touched.
                #expect(read.git.count <= lock.git.count && read.https.count <= lock.https.count)
            }
        }
    }

    @Test("the file is written atomically and readable for everyone")
    func writing() throws {
        let folder = try TestFolder()
        let lock = try RecipeLock(text: Array(Self.good.utf8), name: "l")
        let path = FilePath(folder.file("a/sprun.lock"))
        try lock.write(to: path)
        #expect(try RecipeLock(readingFrom: path) == lock)
        #expect(try folder.mode("a/sprun.lock").map { $0 & 0o644 } == 0o644)
        #expect(try folder.names(below: "a") == ["sprun.lock"])
        let error = #expect(throws: SharingError.self) { try lock.write(to: "/proc/nothing/sprun.lock") }
        #expect(error?.code == .unwritable)
    }
}
