import LuaHost
import RecipeEngine
import ServerPilotClient
import Testing

@testable import SprunCommands

@Suite("The state of a run in progress")
struct ProgressModelTests {
    private static func text(_ model: ProgressModel, at seconds: Double) -> ProgressText {
        ProgressText(model: model, now: .seconds(seconds), style: Style(isColoured: false))
    }

    private static func line(_ model: ProgressModel, at seconds: Double, width: Int = 79) -> [String] {
        text(model, at: seconds).live(frame: 0, width: width)
    }

    private static func begun(plan: (total: Int, before: Int)? = nil) -> ProgressModel {
        var model = ProgressModel()
        model.recipe = "site.lua"
        model.begin("running site.lua", plan: plan, at: .zero)
        return model
    }

    @Test("a wait shows its age, the next look, the limit and the line, and counts down")
    func wait() {
        var model = Self.begun()
        let event = Events.running(
            1, "AutoSSL of acme", line: 32, nextLook: .seconds(120), limit: .seconds(6 * 3600))
        model.take(event, at: .seconds(1))
        #expect(
            Self.line(model, at: 21, width: 99)
                == ["⠋ waiting 20s for AutoSSL of acme, next look in 1m40s, gives up in 6h (line 32)"])
        #expect(
            Self.line(model, at: 122, width: 99)
                == ["⠋ waiting 2m1s for AutoSSL of acme, looks now, gives up in 5h58m (line 32)"])
        model.take(.returned(1), at: .seconds(123))
        #expect(Self.line(model, at: 125) == ["⠋ running site.lua 2m5s"])
    }

    @Test("a line that is too long loses first its age, then a part of the subject, never its end")
    func narrow() {
        var model = Self.begun()
        model.take(
            Events.running(1, "AutoSSL of acme", line: 32, nextLook: .seconds(120), limit: .seconds(6 * 3600)),
            at: .zero)
        #expect(
            Self.line(model, at: 121)
                == ["⠋ waiting 2m1s for AutoSSL of acme, looks now, gives up in 5h58m (line 32)"])
        #expect(
            Self.line(model, at: 20, width: 78)
                == ["⠋ waiting for AutoSSL of acme, next look in 1m40s, gives up in 6h (line 32)"])
        model.take(
            Events.running(
                1, "create_app " + String(repeating: "a", count: 60), nextLook: .seconds(9), limit: .seconds(300)),
            at: .seconds(20))
        let line = Self.line(model, at: 20)[0]
        #expect(line.columns <= 79 && line.contains("aaa…, next look in 9s, gives up in 5m (line 3)"), "\(line)")
    }

    @Test("a recipe that checks repeatedly continues the same wait")
    func polling() {
        var model = Self.begun()
        for round in 0..<3 {
            let now = Duration.seconds(round * 61)
            // A call says at first only which function it is.
            model.take(Events.running(round * 2, "sp.sleep"), at: now)
            model.take(Events.running(round * 2, "AutoSSL of acme", nextLook: .seconds(60)), at: now)
            model.take(.returned(round * 2), at: now + .seconds(60))
            model.take(Events.running(round * 2 + 1, "sp.app"), at: now + .seconds(60))
            model.take(.returned(round * 2 + 1), at: now + .seconds(61))
        }
        model.take(Events.running(9, "sp.sleep"), at: .seconds(183))
        model.take(Events.running(9, "AutoSSL of acme", nextLook: .seconds(60)), at: .seconds(183))
        #expect(Self.line(model, at: 184)[0].hasPrefix("⠋ waiting 3m4s for AutoSSL of acme, next look in 59s"))
        model.take(.returned(9), at: .seconds(185))
        // A later wait for the same is a new one.
        model.take(Events.running(10, "AutoSSL of acme", nextLook: .seconds(60)), at: .seconds(200))
        #expect(Self.line(model, at: 202)[0].hasPrefix("⠋ waiting 2s for AutoSSL of acme"))
    }

    @Test("many items show a bar, counts, rate, failures, an estimate, and the items that take longest")
    func bar() {
        var model = Self.begun()
        for index in 0..<46 { model.take(Events.item(index, .began, of: 200, "site-\(index)"), at: .zero) }
        for index in 0..<40 { model.take(Events.item(index, .returned, of: 200), at: .seconds(20)) }
        model.take(Events.item(40, .failed, of: 200), at: .seconds(20))
        for index in 41..<46 {
            model.take(
                Events.running(
                    index, index == 41 ? "create_app site-41 on www1" : "sp.sleep", path: Events.path(index)),
                at: .seconds(index))
        }
        let lines = Self.line(model, at: 82)
        #expect(
            lines == [
                "⠋ [######--------------------------] 41/200, 30/min, 1 failed, about 5m18s left",
                "  create_app site-41 on www1 41s (line 3)", "  site-42: sp.sleep 40s (line 3)",
                "  site-43: sp.sleep 39s (line 3)", "  and 2 more",
            ], "\(lines)")
        #expect(lines.allSatisfy { $0.columns <= 79 })
        #expect(model.hasMany)
        // No further item starts after a failure.
        for index in 41..<46 { model.take(Events.item(index, .cancelled, of: 200), at: .seconds(90)) }
        #expect(
            model.takeFinished().map { Self.text(model, at: 90).finalWords($0) } == [
                "41/200 in 1m30s, 1 failed, 5 stopped"
            ])
        #expect(model.takeFinished().isEmpty && !model.hasMany)
    }

    @Test("a few items show their number, and no bar")
    func few() {
        var model = Self.begun()
        for index in 0..<3 { model.take(Events.item(index, .began, of: 3), at: .zero) }
        model.take(Events.item(0, .returned, of: 3), at: .seconds(1))
        for index in 1..<3 { model.take(Events.running(index, "sp.apps", path: Events.path(index)), at: .zero) }
        #expect(!model.hasMany)
        #expect(Self.line(model, at: 4) == ["⠋ waiting 4s for sp.apps (line 3), and 1 more, 1/3 done"])
    }

    @Test("a plan provides the number of changes, also to a resumed run")
    func plan() {
        var model = Self.begun(plan: (total: 40, before: 10))
        for _ in 0..<10 { model.take(Events.changed, at: .seconds(5)) }
        #expect(model.hasMany)
        #expect(model.tally.map { Self.text(model, at: 10).words($0) } == "20/40, 1/s, about 20s left")
    }

    @Test("changes without a known number are counted once there are many")
    func unknownNumber() {
        var model = Self.begun()
        var first: [Int] = []
        for number in 1...30 {
            model.take(Events.changed, at: .seconds(number))
            if model.isFirstCounted { first.append(number) }
        }
        #expect(first == [21])
        #expect(model.tally.map { Self.text(model, at: 30).words($0) } == "30 changes, 1/s")
    }

    @Test("network trouble is one line with the number of tries, until its requests have ended")
    func network() {
        var model = Self.begun()
        for failures in 1...3 {
            model.retry(
                .init(reason: "www.example refuses connections", failures: failures, delay: .seconds(4)),
                at: .seconds(failures))
        }
        #expect(
            Self.line(model, at: 5) == ["⠋ network: 3 tries, next in 2s: www.example refuses connections"])
        model.retry(.init(reason: "slow down", failures: 1, delay: .seconds(4)), at: .seconds(6))
        #expect(Self.line(model, at: 6) == ["⠋ network: 4 tries of 2 requests, next in 4s: slow down"])
        #expect(model.end(.cancelled) == nil)
        let trouble = model.end(.replied)
        #expect(
            trouble.map { Self.text(model, at: 10).finalWords($0) }
                == "slow down; answered after 5 tries of 2 requests in 9s")
        #expect(Self.line(model, at: 11) == ["⠋ running site.lua 11s"])
    }

    // MARK: Without a terminal

    @Test("without a terminal, a wait gets a line after some seconds, then one a minute")
    func log() {
        var (model, log) = (Self.begun(), ProgressLog())
        model.take(Events.running(1, "create_app acme on www1", nextLook: .seconds(9), limit: .seconds(600)), at: .zero)
        var lines: [(second: Int, line: String)] = []
        for second in 0..<150 {
            // The next wait of the same run starts no minute of its own.
            if second == 70 {
                model.take(.returned(1), at: .seconds(70))
                model.take(Events.running(2, "sp.sleep", end: .seconds(100)), at: .seconds(70))
            }
            if let line = log.due(model, at: .seconds(second), Style(isColoured: false)) {
                lines.append((second, line))
            }
        }
        #expect(lines.map(\.second) == [5, 65, 125])
        #expect(
            lines.map(\.line) == [
                "waiting 5s for create_app acme on www1, next look in 4s, gives up in 10m (line 3)",
                "waiting 1m5s for create_app acme on www1, looks now, gives up in 9m (line 3)",
                "waiting 55s for sp.sleep, ends in 45s (line 3)",
            ])
    }

    @Test("without a terminal, many items get a line for each tenth, but not for the last")
    func tenths() {
        var (model, log) = (Self.begun(), ProgressLog())
        var lines: [String] = []
        for index in 0..<40 {
            model.take(Events.item(index, .began, of: 40), at: .seconds(index))
            model.take(Events.item(index, .returned, of: 40), at: .seconds(index + 1))
            let line = log.milestone(model, at: .seconds(index + 1), Style(isColoured: false))
            if let line { lines.append(line) }
        }
        #expect(lines.count == 9, "\(lines)")
        #expect(lines.first == "4/40, 1/s, about 36s left")
        #expect(model.takeFinished().count == 1)

        // The summary follows the last change of a plan.
        model = Self.begun(plan: (total: 20, before: 0))
        for _ in 0..<20 { model.take(Events.changed, at: .seconds(50)) }
        #expect(log.milestone(model, at: .seconds(50), Style(isColoured: false)) == nil)
    }
}
