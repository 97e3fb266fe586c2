import Foundation
import Subprocess
import Testing

/// sprun syncs a file to the disk before it reports the file as written, so that a power failure loses none.
///
/// Only the system calls show this, as `strace` lists them.
@Suite("A file that sprun writes", .enabled(if: Installation.canTrace, "strace cannot trace here"))
struct SyncedFileTests {
    /// The system calls of a command, in their order, each with the paths of its descriptors.
    private static func calls(_ words: String, _ user: User, _ environment: [String: String]) async throws -> [String] {
        let run = try await user.shell(
            #"strace -f -y -qq -s 4096 -e trace=fsync,linkat,mkdir,renameat,renameat2,write -o calls "$SPRUN" "#
                + words,
            environment: environment)
        #expect(run.status == .exited(0), "\(run)")
        // While another thread makes a call, strace writes the beginning and the end of a call on lines of their own.
        var begun: [Substring: Substring] = [:]
        return try user.read("calls").split(separator: "\n").compactMap { line in
            let thread = line.prefix { $0 != " " }
            if let cut = line.firstRange(of: " <unfinished ...>") {
                begun[thread] = line[..<cut.lowerBound]
                return nil
            }
            guard let resumed = line.firstRange(of: " resumed>") else { return String(line) }
            return String((begun.removeValue(forKey: thread) ?? thread) + line[resumed.upperBound...])
        }
    }

    /// Expects that the file is synced before it gets its name, and its folder afterwards.
    private static func expectSynced(
        _ folder: String, _ name: String, in calls: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let temporary = "\(folder)/\(name)."
        let written = calls.lastIndex { $0.contains(" write(") && $0.contains(temporary) }
        let synced = calls.lastIndex { $0.contains(" fsync(") && $0.contains(temporary) && $0.hasSuffix("= 0") }
        let named = calls.lastIndex {
            ($0.contains(" rename") || $0.contains(" linkat(")) && $0.contains("<\(folder)>, \"\(name)\"")
        }
        let folderSynced = calls.lastIndex { $0.contains(" fsync(") && $0.contains("<\(folder)>)") }
        guard let written, let synced, let named, let folderSynced else {
            Issue.record(
                "\(name): \(written as Any), \(synced as Any), \(named as Any), \(folderSynced as Any) in \(calls)",
                sourceLocation: sourceLocation)
            return
        }
        #expect(
            written < synced && synced < named && named < folderSynced, "\(name): \(calls)",
            sourceLocation: sourceLocation)
    }

    @Test("is synced before login reports it: the credentials, their name, and the name of a new folder")
    func credentials() async throws {
        let user = try User()
        try user.write("keys", "cid_right\nkey_right\n")
        let calls = try await Self.calls(
            "login --no-check < keys", user, ["SERVERPILOT_API_URL": "http://127.0.0.1:1/v1"])
        Self.expectSynced(user.home, "credentials.toml", in: calls)
        let made = try #require(calls.firstIndex { $0.contains(" mkdir(\"\(user.home)\"") }, "\(calls)")
        let synced = try #require(calls.firstIndex { $0.contains(" fsync(") && $0.contains("<\(user.folder)>)") })
        let told = try #require(calls.firstIndex { $0.contains(" write(2<") && $0.contains("saved in") })
        #expect(made < synced && synced < told)
        #expect(try #require(calls.lastIndex { $0.contains(" fsync(") }) < told)
    }

    @Test("is synced before the command ends: the plan, and the key of the journal")
    func plan() async throws {
        let user = try User()
        try user.write("site.lua", "sp.create_sshkey{ name = 'k', public_key = 'ssh-rsa AAAA' }")
        let calls = try await Self.calls("plan --simulate --out site.plan site.lua", user, [:])
        Self.expectSynced(user.folder, "site.plan", in: calls)
        Self.expectSynced(user.home + "/state", "journal.key", in: calls)
    }

    @Test("is synced before the command ends: the result")
    func result() async throws {
        let user = try User()
        let calls = try await Self.calls("run --simulate --result result.json -e 'return { a = 1 }'", user, [:])
        Self.expectSynced(user.folder, "result.json", in: calls)
    }

    @Test("is synced before the command ends: the lock file, and each recipe in the cache")
    func recipes() async throws {
        let user = try User()
        try user.write("repository/one.lua", "return 1")
        let made = try await user.shell(
            "cd repository && git init -q && git add . && "
                + "git -c user.name=a -c user.email=a@example.org commit -qm one && git tag v1",
            environment: ["HOME": user.folder])
        #expect(made.status == .exited(0), "\(made)")
        try user.write("mine.lua", "local one = import 'file://\(user.folder)/repository//one@v1'")
        let calls = try await Self.calls("get mine.lua", user, ["HOME": user.folder])
        let named = calls.compactMap { call in
            call.firstMatch(of: #/\.new", \d+<([^>]+)>, "([^"]+)"/#).map { (String($0.1), String($0.2)) }
        }
        #expect(named.contains { $0 == (user.folder, "sprun.lock") }, "\(named)")
        #expect(named.contains { $0.0.hasPrefix(user.home) }, "\(named)")
        for (folder, name) in named { Self.expectSynced(folder, name, in: calls) }
    }
}
