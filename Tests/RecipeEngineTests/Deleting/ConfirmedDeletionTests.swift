import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

/// The demo account has `olive` on `www1`, with the apps `oliveoil` and `olivepress`, each with a database.
@Suite("A confirmed deletion")
struct ConfirmedDeletionTests {
    private static let user = #"sp.wait(sp.delete_sysuser(sp.find_sysuser{ name = "olive" }.id))"#
    private static let app = #"sp.wait(sp.delete_app(sp.find_app{ name = "oliveoil" }.id))"#

    /// Somebody else makes a database in `oliveoil`.
    private static func addDatabase(_ name: String, _ runner: DurableRunner) async throws {
        let app = try #require(runner.serverPilot.account.apps.values.first { $0.name == "oliveoil" })
        let create = try #require(Operation.named("create_db"))
        let arguments: JSONObject = [
            "appid": .string(app.id.rawValue), "name": .string(name),
            "user": ["name": .string(name), "password": "a-long-password"],
        ]
        _ = try await runner.serverPilot.transport.call(create, arguments)
    }

    private static func isThere(_ app: String, _ runner: DurableRunner) -> Bool {
        runner.serverPilot.account.apps.values.contains { $0.name == app }
    }

    /// Answers questions about deletions, and keeps them.
    private final class Person: Sendable {
        private let answers: @Sendable (Int, PendingDeletion) async -> DeletionAnswer
        private let asked = Mutex<[PendingDeletion]>([])

        init(_ answers: @escaping @Sendable (_ number: Int, PendingDeletion) async -> DeletionAnswer) {
            self.answers = answers
        }

        var questions: [PendingDeletion] { asked.withLock { $0 } }

        var question: DeletionQuestion {
            { deletion in
                let number = self.asked.withLock { asked in
                    asked.append(deletion)
                    return asked.count
                }
                return await self.answers(number, deletion)
            }
        }
    }

    @Test("asks with the names of all resources to delete")
    func names() async throws {
        let runner = DurableRunner(Self.user)
        let person = Person { _, _ in .no }
        let life = try await runner.live(mayDelete: person.question)
        #expect(
            person.questions.map(\.words) == [
                "system user olive with 2 apps (oliveoil, olivepress) and 2 databases (oliveoil-wp, olivepress-wp)"
            ])
        #expect(life.failure?.code == "declined" && life.posts == [])
    }

    @Test("asks again if a client added resources during the question")
    func addedMeanwhile() async throws {
        let runner = DurableRunner(Self.app)
        let person = Person { [weak runner] number, _ in
            if number == 1, let runner { try? await Self.addDatabase("late", runner) }
            return .yes
        }
        let life = try await runner.live(mayDelete: person.question)
        #expect(life.failure == nil)
        #expect(person.questions.map { $0.added.map(\.name) } == [[], ["late"]])
        #expect(person.questions.last?.words == "app oliveoil with 2 databases (oliveoil-wp, late)")
        #expect(!Self.isThere("oliveoil", runner))
    }

    @Test("stops without a terminal if it would delete more than was shown; the list can be confirmed later")
    func grownUnattended() async throws {
        let runner = DurableRunner(Self.app)
        let person = Person { [weak runner] number, _ in
            if number == 1, let runner { try? await Self.addDatabase("late", runner) }
            return number == 1 ? .yes : .nobody
        }
        let life = try await runner.live(mayDelete: person.question)
        #expect(life.failure?.code == "undecided")
        #expect(life.failure?.message.contains("1 database (late) appeared after the confirmation") == true)
        #expect(life.failure?.hint == "resume the run with one of: --yes, --skip")
        #expect(life.posts == ["POST /dbs 200"])
        // Unconfirmed it stays, however often it is resumed.
        let again = try await runner.live(mayDelete: { _ in .nobody })
        #expect(again.failure?.code == "undecided" && again.posts == [])
        // More came since that was shown: this, too, has to be shown first.
        try await Self.addDatabase("later", runner)
        let later = try await runner.live()
        #expect(later.failure?.message.contains("1 database (later) appeared after") == true, "\(later)")
        #expect(Self.isThere("oliveoil", runner))
        let confirmed = try await runner.live()
        #expect(confirmed.failure == nil && !Self.isThere("oliveoil", runner), "\(confirmed)")
    }

    @Test("can be skipped after such a stop")
    func skipped() async throws {
        let runner = DurableRunner("\(Self.app) return { done = true }")
        let person = Person { [weak runner] number, _ in
            if number == 1, let runner { try? await Self.addDatabase("late", runner) }
            return number == 1 ? .yes : .nobody
        }
        _ = try await runner.live(mayDelete: person.question)
        let life = try await runner.live(decision: EffectDecision(.skip), mayDelete: person.question)
        #expect(life.failure == nil && life.result == ["done": true] && life.posts == [], "\(life)")
        #expect(Self.isThere("oliveoil", runner))
    }

    @Test(
        "is compared with its intent after a crash, before it is sent again", arguments: [nil, DeletionAnswer.nobody])
    func addedBetweenLives(_ answer: DeletionAnswer?) async throws {
        // Every moment of the first life: those in which the intent is there and the app too are the ones that count.
        var compared = 0
        for moment in 1...40 {
            let runner = DurableRunner(Self.app)
            let fate = Fate(dyingAt: moment)
            _ = try await runner.live(fate)
            guard fate.isDead else { break }
            guard try await !runner.store.runs().isEmpty else { continue }
            let entries = try await runner.store.entries(of: runner.header.id)
            guard entries.contains(where: { $0.kind == .intent }), Self.isThere("oliveoil", runner) else { continue }
            try await Self.addDatabase("late", runner)
            let question: DeletionQuestion? = if let answer { { _ in answer } } else { nil }
            let life = try await runner.live(mayDelete: question)
            #expect(life.failure?.message.contains("1 database (late)") == true, "moment \(moment): \(life)")
            #expect(Self.isThere("oliveoil", runner), "moment \(moment)")
            compared += 1
        }
        #expect(compared > 0)
    }

    @Test("is finished after a crash if nothing was added")
    func resumed() async throws {
        for moment in 1...40 {
            let runner = DurableRunner(Self.app)
            let fate = Fate(dyingAt: moment)
            _ = try await runner.live(fate)
            guard fate.isDead else { break }
            let life = try await runner.live()
            #expect(life.failure == nil && !Self.isThere("oliveoil", runner), "moment \(moment): \(life)")
        }
    }

    @Test("is rejected if the resources to delete cannot be read")
    func unreadable() async throws {
        let faults = FaultPlan([try Fault(text: "dbs=500")])
        let runner = DurableRunner(Self.app, faults: faults)
        let life = try await runner.live(mayDelete: { _ in .yes })
        #expect(life.failure?.message.contains("nothing was deleted") == true, "\(life)")
        #expect(life.posts == [])
    }

    @Test("counts every deleted resource", arguments: [(4, false), (5, true)])
    func limit(_ limit: Int, _ isDone: Bool) async throws {
        let runner = DurableRunner(Self.user)
        var limits = RunLimits()
        limits.deletions = limit
        let life = try await runner.live(limits: limits)
        #expect((life.failure == nil) == isDone, "\(life)")
        guard !isDone else { return }
        #expect(life.failure?.code == "too_many_changes" && life.posts == [])
        #expect(life.failure?.message.contains("databases (oliveoil-wp, olivepress-wp)") == true)
    }

    @Test("counts a resource once, even if it was deleted separately before")
    func limitOneByOne() async throws {
        let lua = #"""
            local olive = sp.find_sysuser{ name = "olive" }
            for _, db in ipairs(sp.dbs()) do sp.wait(sp.delete_db(db.id)) end
            for _, app in ipairs(sp.apps()) do sp.wait(sp.delete_app(app.id)) end
            sp.wait(sp.delete_sysuser(olive.id))
            """#
        let runner = DurableRunner(lua)
        var limits = RunLimits()
        limits.deletions = 5
        let life = try await runner.live(limits: limits)
        #expect(life.failure == nil, "\(life)")
    }
}
