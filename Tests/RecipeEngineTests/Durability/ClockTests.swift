import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

/// What a run waits for does not depend on the time of day, nor on what an earlier life of it waited for.
@Suite("Clocks and resumed runs", .timeLimit(.minutes(5)))
struct ClockTests {
    /// Users, one after the other, each waited for.
    private static func users(_ count: Int) -> String {
        """
        local server = sp.find_server{ name = "www1" }
        for i = 1, \(count) do sp.ensure_sysuser{ serverid = server.id, name = "user" .. i } end
        """
    }

    private static let setBack: [Duration] = [.seconds(-3600), .seconds(-30 * 86_400), .seconds(3600)]

    @Test("setting the clock during a wait does not change the wait", arguments: setBack)
    func setInWait(_ offset: Duration) async throws {
        let runner = DurableRunner(Self.users(3))
        let began = runner.clock.now
        let polls = Mutex(0)
        let life = try await runner.live { base in
            WatchedTransport(base: base) { [time = runner.time] request in
                guard request.path.hasPrefix("/actions/") else { return }
                let number = polls.withLock { polls in
                    polls += 1
                    return polls
                }
                if number == 2 { time.set(offset) }
            }
        }
        #expect(life.failure == nil, "\(life.failure?.description ?? "")")
        #expect(runner.clock.now - began < .seconds(240), "\(runner.clock.now - began)")
        #expect(try #require(life.summary).elapsed < .seconds(240))
    }

    @Test("setting the clock between a stop and a resume delays nothing", arguments: setBack)
    func setBetweenLives(_ offset: Duration) async throws {
        let runner = DurableRunner(Self.users(3))
        let undisturbed = Fate()
        #expect(try await runner.live(undisturbed).failure == nil)
        for moment in stride(from: 6, to: undisturbed.moments, by: 3) {
            let runner = DurableRunner(Self.users(3))
            _ = try await runner.live(Fate(dyingAt: moment))
            runner.time.set(offset)
            let began = runner.clock.now
            let second = try await runner.live()
            #expect(second.failure == nil, "\(moment): \(second.failure?.description ?? "")")
            #expect(runner.clock.now - began < .seconds(240), "\(moment): \(runner.clock.now - began)")
        }
    }

    /// A run that dies when it first asks for the action of its last user.
    private static func dead(_ users: Int) async throws -> DurableRunner {
        let runner = DurableRunner(Self.users(users))
        let fate = Fate()
        let made = Mutex(0)
        let life = try await runner.live(fate) { base in
            WatchedTransport(base: base) { request in
                if request.method == .post { made.withLock { $0 += 1 } }
                if request.path.hasPrefix("/actions/"), made.withLock({ $0 == users }) { fate.die() }
            }
        }
        #expect(life.failure != nil && life.changes.count == users)
        return runner
    }

    /// How long after the beginning of a life the first request for an action comes.
    private static func firstLook(_ runner: DurableRunner, lua: String? = nil) async throws -> Duration {
        let began = runner.clock.now
        let first = Mutex<Duration?>(nil)
        let life = try await runner.live(lua: lua, acceptsRecipeChange: lua != nil) { base in
            WatchedTransport(base: base) { [clock = runner.clock] request in
                guard request.path.hasPrefix("/actions/") else { return }
                first.withLock { $0 = $0 ?? (clock.now - began) }
            }
        }
        #expect(life.failure == nil, "\(life.failure?.description ?? "")")
        return try #require(first.withLock { $0 })
    }

    @Test("on resume the first poll of an action is immediate", arguments: [1, 2, 21])
    func firstLookIsAtOnce(_ users: Int) async throws {
        #expect(try await Self.firstLook(try await Self.dead(users)) == .zero)
    }

    @Test("on resume the first poll of an action is immediate, even behind many others")
    func firstLookBehindMany() async throws {
        let creations = """
            local server = sp.find_server{ name = "www1" }
            local last
            for i = 1, 20 do
                local _, action = sp.create_sysuser{ serverid = server.id, name = "user" .. i }
                last = action
            end

            """
        let runner = DurableRunner(creations + "error('stop')")
        #expect(try await runner.live().changes.count == 20)
        // Foreseen are ten seconds for each action; the life before did not look, and knows nothing of their ends.
        #expect(try await Self.firstLook(runner, lua: creations + "sp.wait(last)") == .zero)
    }

    /// Replies that every action has ended, long before the time that is foreseen for it.
    private struct EndedActions: Transport {
        let base: any Transport
        func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
            var response = try await base.send(request)
            guard request.path.hasPrefix("/actions/") else { return response }
            let text = String(decoding: response.body, as: UTF8.self)
            response.body = Array(text.replacing("\"open\"", with: "\"success\"").utf8)
            return response
        }
    }

    @Test("replayed waits leave the server's queue, so the next action is polled soon")
    func replayedWaits() async throws {
        let runner = DurableRunner(Self.users(20) + "\nerror('stop')")
        let ended = { (base: any Transport) in EndedActions(base: base) }
        #expect(try await runner.live(transport: ended).changes.count == 20)
        // Ten seconds are foreseen for each of the 20 actions.
        let more =
            Self.users(20)
            + "\nlocal _, action = sp.create_sysuser{ serverid = server.id, name = 'more' } sp.wait(action)"
        let began = runner.clock.now
        let life = try await runner.live(lua: more, acceptsRecipeChange: true, transport: ended)
        #expect(life.failure == nil, "\(life.failure?.description ?? "")")
        #expect(runner.clock.now - began < .seconds(30), "\(runner.clock.now - began)")
    }

    @Test("replayed reads are not repeated on resume")
    func readBeforeStop() async throws {
        let runner = DurableRunner(
            """
            sp.create_sshkey{ name = "deploy", public_key = "ssh-rsa AAAA" }
            local server = sp.find_server{ name = "www1" }
            sp.sleep("1h")
            sp.create_sysuser{ serverid = server.id, name = "acme" }
            """)
        var limits = RunLimits()
        limits.creations = 1
        #expect(try await runner.live(limits: limits).failure?.code == "too_many_changes")
        let began = runner.clock.now
        let second = try await runner.live()
        #expect(second.failure == nil && second.changes.count == 1, "\(second.failure?.description ?? "")")
        #expect(runner.clock.now - began < .seconds(60), "the hour is not slept again")
        #expect(!second.requests.contains("GET /servers 200"), "\(second.requests)")
    }
}
