import OrderedCollections
import RecipeEngine
import ServerPilot
import Testing

/// What is durable when.
@Suite("The order of the journal")
struct JournalOrderTests {
    @Test("each change is two commits: its intent with all that was seen before, then its outcome alone")
    func twoCommits() async throws {
        let runner = DurableRunner(CrashTests.site)
        let life = try await runner.live()
        #expect(life.failure == nil)
        let commits = runner.store.commits
        let changes = try #require(life.summary?.changes)
        #expect(changes == 7)
        #expect(commits.count == 2 * changes + 1, "and the end")
        for (number, commit) in commits.dropLast().enumerated() {
            let last = try #require(commit.last)
            if number.isMultiple(of: 2) {
                #expect(last.kind == .intent, "\(number)")
                #expect(commit.dropLast().allSatisfy { $0.kind == .observed || $0.kind == .secret }, "\(number)")
            } else {
                #expect(last.kind == .outcome && commit.count == 1, "\(number)")
                #expect(last.step == commits[number - 1].last?.step, "\(number)")
            }
        }
        #expect(commits.last?.last?.kind == .ended)
    }

    @Test("arguments are in it as digests alone, and secrets in no plain column")
    func digests() async throws {
        let runner = DurableRunner(
            """
            local id = sp.find_server{ name = "www1" }.id
            sp.create_sysuser{ serverid = id, name = "acme", password = "canary-of-the-arguments" }
            """)
        _ = try await runner.live()
        for entry in runner.store.commits.flatMap(\.self) {
            #expect(!JSONValue.object(entry.body).text().contains("canary"), "\(entry.kind)")
            #expect(!"\(entry.operation) \(entry.digest) \(entry.site)".contains("canary"))
        }
    }
}
