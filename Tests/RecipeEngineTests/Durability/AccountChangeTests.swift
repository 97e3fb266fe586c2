import Groundwork
import OrderedCollections
import ServerPilot
import Testing

@testable import DurableSteps
@testable import RecipeEngine

/// The machine with the rules of the operations, without a clock and without input or output.
@Suite("The state machine of an account change")
struct AccountChangeTests {
    private static let lost = StepFailure(code: "connection_lost", message: "lost", delivery: .ambiguous)

    /// A machine with the lookup that interprets what it sees.
    private struct Change {
        let lookup: AccountLookup
        var machine: ChangeMachine
        private var reason = LookReason.before

        init(_ lookup: AccountLookup, recovering intent: Entry.Intent? = nil, decision: EffectDecision? = nil) {
            self.lookup = lookup
            machine = ChangeMachine(
                lookup.rules(replacesUnused: false, isKnownToExist: false), recovering: intent, decision: decision)
        }

        mutating func handle(_ event: ChangeMachine.Event) -> ChangeMachine.Action {
            let action = machine.handle(event)
            if case .look(let reason) = action { self.reason = reason }
            return action
        }

        /// The machine sees these resources.
        mutating func sees(_ things: [JSONValue]) -> ChangeMachine.Action {
            handle(.seen(lookup.sighting(things, reason)))
        }
    }

    private static func change(_ name: ServerPilot.Operation.Name, _ arguments: JSONObject) throws -> Change {
        Change(AccountLookup(try #require(ServerPilot.Operation.named(name)), arguments))
    }

    private static let user: JSONObject = ["serverid": "srv1", "name": "acme"]
    private static let made: JSONValue = ["id": "usr1", "serverid": "srv1", "name": "acme"]

    /// A create whose answer was lost, at its first pause.
    private static func lostCreate() throws -> Change {
        var change = try self.change("create_sysuser", user)
        #expect(change.handle(.began) == .look(.before))
        #expect(change.sees([]) == .writeIntent(before: [], attempt: 1))
        #expect(change.handle(.written) == .send(attempt: 1, isRecovery: false))
        #expect(change.handle(.failed(lost)) == .pause(.seconds(2)))
        return change
    }

    @Test("lists existing resources, records its intent, sends the request, and ends with the reply")
    func plain() throws {
        var change = try Self.change("create_sysuser", Self.user)
        #expect(change.handle(.began) == .look(.before))
        let other: JSONValue = ["id": "usr0", "serverid": "srv1", "name": "acme"]
        #expect(change.sees([other]) == .writeIntent(before: ["usr0"], attempt: 1))
        #expect(change.handle(.written) == .send(attempt: 1, isRecovery: false))
        let reply = ChangeReply(Self.made, action: "act1")
        #expect(change.handle(.replied(reply)) == .finish(.done(reply, by: .reply)))
    }

    @Test("pauses two seconds, then five, before it concludes that nothing was made and sends again")
    func settling() throws {
        var change = try Self.lostCreate()
        #expect(change.handle(.slept) == .look(.lostReply))
        #expect(change.sees([]) == .pause(.seconds(5)))
        #expect(change.handle(.slept) == .look(.lostReply))
        #expect(change.sees([]) == .writeIntent(before: [], attempt: 2))
        #expect(change.handle(.written) == .send(attempt: 2, isRecovery: true))
        // The first has arrived after all: that is what was to be made.
        let conflict = StepFailure(code: "conflict", message: "exists", delivery: .rejected)
        #expect(change.handle(.failed(conflict)) == .look(.lostReply))
        #expect(change.sees([Self.made]) == .finish(.done(ChangeReply(Self.made), by: .adopted)))
    }

    @Test("finds the created resource in the first or second lookup")
    func adopting() throws {
        var first = try Self.lostCreate()
        _ = first.handle(.slept)
        #expect(first.sees([Self.made]) == .finish(.done(ChangeReply(Self.made), by: .adopted)))
        var second = try Self.lostCreate()
        _ = second.handle(.slept)
        _ = second.sees([])
        _ = second.handle(.slept)
        #expect(second.sees([Self.made]) == .finish(.done(ChangeReply(Self.made), by: .adopted)))
    }

    @Test("stops if several resources match, or if the match differs")
    func undecided() throws {
        var several = try Self.lostCreate()
        _ = several.handle(.slept)
        let twin: JSONValue = ["id": "usr2", "serverid": "srv1", "name": "acme"]
        guard case .finish(.undecided(let which)) = several.sees([Self.made, twin]) else {
            Issue.record("it decided itself")
            return
        }
        #expect(which.candidates == ["usr1", "usr2"])
        #expect(which.choices == [.adopt, .recreate, .skip])

        var app = try Self.change("create_app", ["name": "site", "sysuserid": "usr1", "runtime": "php8.4"])
        _ = app.handle(.began)
        _ = app.sees([])
        _ = app.handle(.written)
        _ = app.handle(.failed(Self.lost))
        _ = app.handle(.slept)
        let other: JSONValue = ["id": "app1", "name": "site", "sysuserid": "usr1", "runtime": "php7.4"]
        guard case .finish(.undecided(let differing)) = app.sees([other]) else {
            Issue.record("it adopted what differs")
            return
        }
        #expect(differing.reason.contains("runtime"))
    }

    @Test("ignores resources that existed before")
    func beforeImage() throws {
        var change = try Self.change("create_server", ["name": "www1"])
        let old: JSONValue = ["id": "srv1", "name": "www1"]
        _ = change.handle(.began)
        #expect(change.sees([old]) == .writeIntent(before: ["srv1"], attempt: 1))
        _ = change.handle(.written)
        _ = change.handle(.failed(Self.lost))
        _ = change.handle(.slept)
        #expect(change.sees([old]) == .pause(.seconds(5)))
        _ = change.handle(.slept)
        guard case .finish(.undecided(let undecided)) = change.sees([old]) else {
            Issue.record("it sent again, or took the old one")
            return
        }
        #expect(undecided.candidates == [])
    }

    @Test("a deletion is done if the resource is missing after a lost reply, but not if it never existed")
    func deleting() throws {
        let notFound = StepFailure(code: "not_found", message: "no such app", delivery: .rejected)
        var lost = try Self.change("delete_app", ["id": "app1"])
        #expect(lost.handle(.began) == .writeIntent(before: [], attempt: 1))
        _ = lost.handle(.written)
        #expect(lost.handle(.failed(Self.lost)) == .pause(.seconds(2)))
        #expect(lost.handle(.slept) == .writeIntent(before: [], attempt: 2))
        _ = lost.handle(.written)
        #expect(lost.handle(.failed(notFound)) == .finish(.done(ChangeReply(.object([:])), by: .adopted)))
        var never = try Self.change("delete_app", ["id": "app1"])
        _ = never.handle(.began)
        _ = never.handle(.written)
        #expect(never.handle(.failed(notFound)) == .finish(.refused(notFound)))
    }

    @Test("a setting that cannot be repeated is read before it is sent again")
    func settings() throws {
        var force = try Self.change("force_ssl", ["id": "app1", "force": true])
        _ = force.handle(.began)
        _ = force.handle(.written)
        _ = force.handle(.failed(Self.lost))
        #expect(force.handle(.slept) == .look(.lostReply))
        let ssl: JSONValue = ["key": .null, "cert": "c", "cacerts": .null, "auto": true, "force": true]
        #expect(
            force.sees([["id": "app1", "ssl": ssl]]) == .finish(.done(ChangeReply(ssl), by: .adopted)))
        var update = try Self.change("update_app", ["id": "app1", "runtime": "php8.4"])
        _ = update.handle(.began)
        _ = update.handle(.written)
        _ = update.handle(.failed(Self.lost))
        #expect(update.handle(.slept) == .writeIntent(before: [], attempt: 2), "it regains the action's id")
        #expect(force.lookup.lookAfterRefusal == .read("app", ["id": "app1"]))
        #expect(force.lookup.look == .read("app", ["id": "app1"]))
    }

    @Test("stops for a person after five attempts without an outcome, including crashes")
    func attempts() throws {
        let lookup = AccountLookup(try #require(ServerPilot.Operation.named("create_sysuser")), Self.user)
        let intent = Entry.Intent(.lookup(key: [:], before: []), attempt: 5)
        var change = Change(lookup, recovering: intent)
        #expect(change.handle(.began) == .pause(.seconds(2)))
        _ = change.handle(.slept)
        _ = change.sees([])
        _ = change.handle(.slept)
        guard case .finish(.undecided(let undecided)) = change.sees([]) else {
            Issue.record("it was sent a sixth time")
            return
        }
        #expect(undecided.reason.contains("5 attempts"))
        var decided = Change(lookup, recovering: intent, decision: EffectDecision(.recreate))
        #expect(decided.handle(.began) == .writeIntent(before: [], attempt: 1))
    }

    @Test("ends unfinished if the lookup fails, and is not sent again")
    func blind() throws {
        var change = try Self.lostCreate()
        _ = change.handle(.slept)
        for _ in 1..<ChangeLimits.looks {
            #expect(change.handle(.lookFailed(Self.lost)) == .pause(ChangeLimits.lookPause))
            #expect(change.handle(.slept) == .look(.lostReply))
        }
        #expect(change.handle(.lookFailed(Self.lost)) == .finish(.unfinished(Self.lost)))
    }

    @Test("a failed listing before the request is an ordinary error, since nothing was sent")
    func notListed() throws {
        var change = try Self.change("create_sysuser", Self.user)
        _ = change.handle(.began)
        guard case .finish(.refused(let failure)) = change.handle(.lookFailed(Self.lost)) else {
            Issue.record("it went on")
            return
        }
        #expect(failure.delivery == .notSent && failure.message.contains("nothing was sent"))
    }
}
