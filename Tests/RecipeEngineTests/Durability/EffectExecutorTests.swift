import Groundwork
import OrderedCollections
import ServerPilot
import Testing

@testable import RecipeEngine

/// The executor alone, told what happens: it has no clock and no input or output.
@Suite("The effect executor")
struct EffectExecutorTests {
    private static let lost = RecordedFailure(code: "connection_lost", message: "lost", delivery: .ambiguous)

    private static func executor(
        _ name: ServerPilot.Operation.Name, _ arguments: JSONObject
    ) throws -> EffectExecutor {
        EffectExecutor(EffectTarget(try #require(ServerPilot.Operation.named(name)), arguments))
    }

    private static let user: JSONObject = ["serverid": "srv1", "name": "acme"]
    private static let made: JSONValue = ["id": "usr1", "serverid": "srv1", "name": "acme"]
    private static let listing = EffectTarget.Look.list("sysusers", [:])

    /// A create whose answer was lost, at its first pause.
    private static func lostCreate() throws -> EffectExecutor {
        var executor = try executor("create_sysuser", user)
        #expect(executor.handle(.began) == .look(listing))
        #expect(executor.handle(.seen([])) == .writeIntent(before: [], attempt: 1))
        #expect(executor.handle(.written) == .send)
        #expect(executor.handle(.failed(lost)) == .pause(.seconds(2)))
        return executor
    }

    @Test("looks what is there, writes its intent, sends, and ends with the reply")
    func plain() throws {
        var executor = try Self.executor("create_sysuser", Self.user)
        #expect(executor.handle(.began) == .look(Self.listing))
        let other: JSONValue = ["id": "usr0", "serverid": "srv1", "name": "acme"]
        #expect(executor.handle(.seen([other])) == .writeIntent(before: ["usr0"], attempt: 1))
        #expect(executor.handle(.written) == .send)
        let reply = Reply(data: Self.made, actionID: "act1")
        #expect(executor.handle(.replied(reply)) == .finish(.done(reply, by: .reply)))
    }

    @Test("settles two seconds, then five, before it says that nothing was made, and sends again")
    func settling() throws {
        var executor = try Self.lostCreate()
        #expect(executor.handle(.slept) == .look(Self.listing))
        #expect(executor.handle(.seen([])) == .pause(.seconds(5)))
        #expect(executor.handle(.slept) == .look(Self.listing))
        #expect(executor.handle(.seen([])) == .writeIntent(before: [], attempt: 2))
        #expect(executor.handle(.written) == .send)
        // The first has arrived after all: that is what was to be made.
        let conflict = RecordedFailure(code: "conflict", message: "exists", delivery: .rejected)
        #expect(executor.handle(.failed(conflict)) == .look(Self.listing))
        #expect(executor.handle(.seen([Self.made])) == .finish(.done(Reply(data: Self.made), by: .adopted)))
    }

    @Test("finds what was made, in the first look or the second")
    func adopting() throws {
        var first = try Self.lostCreate()
        _ = first.handle(.slept)
        #expect(first.handle(.seen([Self.made])) == .finish(.done(Reply(data: Self.made), by: .adopted)))
        var second = try Self.lostCreate()
        _ = second.handle(.slept)
        _ = second.handle(.seen([]))
        _ = second.handle(.slept)
        #expect(second.handle(.seen([Self.made])) == .finish(.done(Reply(data: Self.made), by: .adopted)))
    }

    @Test("stops where several things could be it, and where what it found differs")
    func undecided() throws {
        var several = try Self.lostCreate()
        _ = several.handle(.slept)
        let twin: JSONValue = ["id": "usr2", "serverid": "srv1", "name": "acme"]
        guard case .finish(.undecided(let which)) = several.handle(.seen([Self.made, twin])) else {
            Issue.record("it decided itself")
            return
        }
        #expect(which.candidates == ["usr1", "usr2"])
        #expect(which.choices == [.adopt, .recreate, .skip])

        var app = try Self.executor("create_app", ["name": "site", "sysuserid": "usr1", "runtime": "php8.4"])
        _ = app.handle(.began)
        _ = app.handle(.seen([]))
        _ = app.handle(.written)
        _ = app.handle(.failed(Self.lost))
        _ = app.handle(.slept)
        let other: JSONValue = ["id": "app1", "name": "site", "sysuserid": "usr1", "runtime": "php7.4"]
        guard case .finish(.undecided(let differing)) = app.handle(.seen([other])) else {
            Issue.record("it adopted what differs")
            return
        }
        #expect(differing.reason.contains("runtime"))
    }

    @Test("does not count what was there before")
    func beforeImage() throws {
        var executor = try Self.executor("create_server", ["name": "www1"])
        let old: JSONValue = ["id": "srv1", "name": "www1"]
        _ = executor.handle(.began)
        #expect(executor.handle(.seen([old])) == .writeIntent(before: ["srv1"], attempt: 1))
        _ = executor.handle(.written)
        _ = executor.handle(.failed(Self.lost))
        _ = executor.handle(.slept)
        #expect(executor.handle(.seen([old])) == .pause(.seconds(5)))
        _ = executor.handle(.slept)
        guard case .finish(.undecided(let undecided)) = executor.handle(.seen([old])) else {
            Issue.record("it sent again, or took the old one")
            return
        }
        #expect(undecided.candidates == [])
    }

    @Test("a delete that is gone after a lost answer is done; one that never was there is not")
    func deleting() throws {
        let notFound = RecordedFailure(code: "not_found", message: "no such app", delivery: .rejected)
        var lost = try Self.executor("delete_app", ["id": "app1"])
        #expect(lost.handle(.began) == .writeIntent(before: [], attempt: 1))
        _ = lost.handle(.written)
        #expect(lost.handle(.failed(Self.lost)) == .pause(.seconds(2)))
        #expect(lost.handle(.slept) == .writeIntent(before: [], attempt: 2))
        _ = lost.handle(.written)
        #expect(lost.handle(.failed(notFound)) == .finish(.done(Reply(data: .object([:])), by: .adopted)))
        var never = try Self.executor("delete_app", ["id": "app1"])
        _ = never.handle(.began)
        _ = never.handle(.written)
        #expect(never.handle(.failed(notFound)) == .finish(.refused(notFound)))
    }

    @Test("a setting whose repetition is an error is read before it is sent again")
    func settings() throws {
        var force = try Self.executor("force_ssl", ["id": "app1", "force": true])
        _ = force.handle(.began)
        _ = force.handle(.written)
        _ = force.handle(.failed(Self.lost))
        #expect(force.handle(.slept) == .look(.read("app", ["id": "app1"])))
        let ssl: JSONValue = ["key": .null, "cert": "c", "cacerts": .null, "auto": true, "force": true]
        #expect(
            force.handle(.seen([["id": "app1", "ssl": ssl]])) == .finish(.done(Reply(data: ssl), by: .adopted)))
        var update = try Self.executor("update_app", ["id": "app1", "runtime": "php8.4"])
        _ = update.handle(.began)
        _ = update.handle(.written)
        _ = update.handle(.failed(Self.lost))
        #expect(update.handle(.slept) == .writeIntent(before: [], attempt: 2), "it regains the action's id")
    }

    @Test("begun five times without an outcome, it stops for a person, crashes counted")
    func attempts() throws {
        let target = EffectTarget(try #require(ServerPilot.Operation.named("create_sysuser")), Self.user)
        var executor = EffectExecutor(target, recovering: [], attempt: 5, decision: nil)
        #expect(executor.handle(.began) == .pause(.seconds(2)))
        _ = executor.handle(.slept)
        _ = executor.handle(.seen([]))
        _ = executor.handle(.slept)
        guard case .finish(.undecided(let undecided)) = executor.handle(.seen([])) else {
            Issue.record("it was sent a sixth time")
            return
        }
        #expect(undecided.reason.contains("5 times"))
        var decided = EffectExecutor(
            target, recovering: [], attempt: 5, decision: EffectDecision(.recreate))
        #expect(decided.handle(.began) == .writeIntent(before: [], attempt: 1))
    }

    @Test("that cannot look ends unfinished, to be resumed, and is sent no more")
    func blind() throws {
        var executor = try Self.lostCreate()
        _ = executor.handle(.slept)
        for _ in 1..<EffectLimits.looks {
            #expect(executor.handle(.lookFailed(Self.lost)) == .pause(EffectLimits.lookPause))
            #expect(executor.handle(.slept) == .look(Self.listing))
        }
        #expect(executor.handle(.lookFailed(Self.lost)) == .finish(.unfinished(Self.lost)))
    }

    @Test("what cannot be listed before is no question afterwards: nothing was sent")
    func notListed() throws {
        var executor = try Self.executor("create_sysuser", Self.user)
        _ = executor.handle(.began)
        guard case .finish(.refused(let failure)) = executor.handle(.lookFailed(Self.lost)) else {
            Issue.record("it went on")
            return
        }
        #expect(failure.delivery == .notSent && failure.message.contains("nothing was sent"))
    }
}
