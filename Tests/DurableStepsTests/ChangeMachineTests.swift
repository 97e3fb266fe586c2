import Groundwork
import SprunTesting
import Testing

@testable import DurableSteps

@Suite("The state machine of a change")
struct ChangeMachineTests {
    private static func failure(_ delivery: Delivery?) -> StepFailure {
        StepFailure(code: "outer_failure", message: "it failed", delivery: delivery)
    }

    private static func recovering(
        _ recovery: Recovery, _ attempt: Int, _ decision: EffectDecision? = nil
    ) -> ChangeMachine {
        ChangeMachine(
            ChangeRules(.update, recovery), recovering: Entry.Intent(.none, attempt: attempt), decision: decision)
    }

    private static func acting(_ recovery: Recovery) -> ChangeMachine {
        var machine = ChangeMachine(ChangeRules(.update, recovery))
        #expect(machine.handle(.began) == .writeIntent(before: [], attempt: 1))
        #expect(machine.handle(.written) == .send(attempt: 1, isRecovery: false))
        return machine
    }

    @Test("records a change before it sends the request", arguments: [Recovery.repeatable, .raised, .askPerson])
    func order(_ recovery: Recovery) {
        var machine = Self.acting(recovery)
        #expect(machine.handle(.replied(ChangeReply("x"))) == .finish(.done(ChangeReply("x"), by: .reply)))
    }

    @Test(
        "a change that was certainly not made fails, and is not repeated",
        arguments: [Recovery.repeatable, .raised, .askPerson],
        [Delivery.notSent, .rejected, .throttled])
    func refused(_ recovery: Recovery, _ delivery: Delivery) {
        var machine = Self.acting(recovery)
        let failure = Self.failure(delivery)
        #expect(machine.handle(.failed(failure)) == .finish(.refused(failure)))
    }

    @Test("a change that may have been made is repeated if it is repeatable", arguments: [Delivery.ambiguous, nil])
    func repeated(_ delivery: Delivery?) {
        var machine = Self.acting(.repeatable)
        #expect(machine.handle(.failed(Self.failure(delivery))) == .pause(ChangeLimits.settling[0]))
        #expect(machine.handle(.slept) == .writeIntent(before: [], attempt: 2))
        #expect(machine.handle(.written) == .send(attempt: 2, isRecovery: true))
        #expect(machine.handle(.replied(ChangeReply("x"))) == .finish(.done(ChangeReply("x"), by: .repeated)))
    }

    @Test("after a lost reply, a failed connection says nothing about the first attempt")
    func notSentLater() {
        var machine = Self.acting(.repeatable)
        _ = machine.handle(.failed(Self.failure(.ambiguous)))
        _ = machine.handle(.slept)
        _ = machine.handle(.written)
        #expect(machine.handle(.failed(Self.failure(.notSent))) == .pause(ChangeLimits.settling[1]))
    }

    @Test("a person decides after the maximum number of attempts")
    func bounded() {
        var machine = Self.acting(.repeatable)
        for attempt in 1..<ChangeLimits.attempts {
            guard case .pause = machine.handle(.failed(Self.failure(.ambiguous))) else {
                Issue.record("no pause after try \(attempt)")
                return
            }
            #expect(machine.handle(.slept) == .writeIntent(before: [], attempt: attempt + 1))
            _ = machine.handle(.written)
        }
        guard case .finish(.undecided(let undecided)) = machine.handle(.failed(Self.failure(.ambiguous))) else {
            Issue.record("not undecided")
            return
        }
        #expect(undecided.choices == [.recreate, .skip])
        #expect(undecided.reason.contains("5 attempts"))
    }

    @Test("a change that may have been made raises an error or asks a person, and is not repeated")
    func notRepeated() {
        var raised = Self.acting(.raised)
        let lost = Self.failure(.ambiguous)
        #expect(raised.handle(.failed(lost)) == .finish(.lost(lost)))
        var asked = Self.acting(.askPerson)
        guard case .finish(.undecided(let undecided)) = asked.handle(.failed(lost)) else {
            Issue.record("not undecided")
            return
        }
        #expect(undecided.choices == [.recreate, .skip])
    }

    @Test("a change that started before a crash is not repeated unless its recovery allows it")
    func recovered() {
        var again = Self.recovering(.repeatable, 2)
        #expect(again.handle(.began) == .pause(ChangeLimits.settling[1]))
        #expect(again.handle(.slept) == .writeIntent(before: [], attempt: 3))
        #expect(again.handle(.written) == .send(attempt: 3, isRecovery: true))
        var raised = Self.recovering(.raised, 1)
        #expect(raised.handle(.began) == .finish(.lost(nil)))
        var asked = Self.recovering(.askPerson, 1)
        guard case .finish(.undecided) = asked.handle(.began) else {
            Issue.record("not undecided")
            return
        }
    }

    @Test("a person's decision is applied")
    func decided() {
        var again = Self.recovering(.askPerson, 5, EffectDecision(.recreate))
        #expect(again.handle(.began) == .writeIntent(before: [], attempt: 1))
        #expect(again.handle(.written) == .send(attempt: 1, isRecovery: true))
        var left = Self.recovering(.askPerson, 1, EffectDecision(.skip))
        guard case .finish(.refused(let failure)) = left.handle(.began) else {
            Issue.record("not left out")
            return
        }
        #expect(failure.code == "skipped")
        var adopted = Self.recovering(.askPerson, 1, EffectDecision(.adopt, id: "1"))
        guard case .finish(.undecided) = adopted.handle(.began) else {
            Issue.record("adopted")
            return
        }
    }

    @Test("marks contain only letters, digits and dashes, and no two steps share a mark")
    func marks() {
        let steps = [
            "/:1.1", "/:11.1", "/:1.11", "/1.1.0:1.1", "/1.1.0/1.1.1:1.1", "/parameters/app:1.1", "/!Q:1.1", "/!q:1.1",
        ]
        .compactMap { StepID($0)?.marker }
        #expect(Set(steps).count == 8)
        #expect(steps.allSatisfy { $0.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".contains($0) } })
    }
}
