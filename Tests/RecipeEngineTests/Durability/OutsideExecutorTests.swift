import Groundwork
import ServerPilot
import Testing

@testable import RecipeEngine

@Suite("A change outside of the account, as a value")
struct OutsideExecutorTests {
    private static func failure(_ delivery: Delivery?) -> RecipeError {
        RecipeError(code: "outer_failure", message: "it failed", delivery: delivery)
    }

    private static func acting(_ recovery: OutsideRecovery) -> OutsideExecutor {
        var executor = OutsideExecutor(recovery)
        #expect(executor.handle(.began) == .writeIntent(attempt: 1))
        #expect(executor.handle(.written) == .act(number: 1, isRecovery: false))
        return executor
    }

    @Test("is written down before it is done", arguments: [OutsideRecovery.repeatable, .raised, .undecided])
    func order(_ recovery: OutsideRecovery) {
        var executor = Self.acting(recovery)
        #expect(executor.handle(.done("x")) == .finish(.done("x", by: .reply)))
    }

    @Test(
        "what was certainly not done is the outcome, and not done again",
        arguments: [OutsideRecovery.repeatable, .raised, .undecided],
        [Delivery.notSent, .rejected, .throttled])
    func refused(_ recovery: OutsideRecovery, _ delivery: Delivery) {
        var executor = Self.acting(recovery)
        let failure = Self.failure(delivery)
        #expect(executor.handle(.failed(failure)) == .finish(.refused(failure)))
    }

    @Test("what may have been done is done again where that does the same", arguments: [Delivery.ambiguous, nil])
    func repeated(_ delivery: Delivery?) {
        var executor = Self.acting(.repeatable)
        #expect(executor.handle(.failed(Self.failure(delivery))) == .pause(EffectLimits.settling[0]))
        #expect(executor.handle(.slept) == .writeIntent(attempt: 2))
        #expect(executor.handle(.written) == .act(number: 2, isRecovery: true))
        #expect(executor.handle(.done("x")) == .finish(.done("x", by: .repeated)))
    }

    @Test("after a lost answer, that nothing could be sent tells nothing of the first try")
    func notSentLater() {
        var executor = Self.acting(.repeatable)
        _ = executor.handle(.failed(Self.failure(.ambiguous)))
        _ = executor.handle(.slept)
        _ = executor.handle(.written)
        #expect(executor.handle(.failed(Self.failure(.notSent))) == .pause(EffectLimits.settling[1]))
    }

    @Test("after so many tries a person decides")
    func bounded() {
        var executor = Self.acting(.repeatable)
        for attempt in 1..<EffectLimits.attempts {
            guard case .pause = executor.handle(.failed(Self.failure(.ambiguous))) else {
                Issue.record("no pause after try \(attempt)")
                return
            }
            #expect(executor.handle(.slept) == .writeIntent(attempt: attempt + 1))
            _ = executor.handle(.written)
        }
        guard case .finish(.undecided(let undecided)) = executor.handle(.failed(Self.failure(.ambiguous))) else {
            Issue.record("not undecided")
            return
        }
        #expect(undecided.choices == [.recreate, .skip])
        #expect(undecided.reason.contains("5 times"))
    }

    @Test("what may have been done is told or asked, and not done again")
    func notRepeated() {
        var raised = Self.acting(.raised)
        let lost = Self.failure(.ambiguous)
        #expect(raised.handle(.failed(lost)) == .finish(.lost(lost)))
        var asked = Self.acting(.undecided)
        guard case .finish(.undecided(let undecided)) = asked.handle(.failed(lost)) else {
            Issue.record("not undecided")
            return
        }
        #expect(undecided.choices == [.recreate, .skip])
    }

    @Test("begun in an earlier life, it is not done before its recovery says so")
    func recovered() {
        var again = OutsideExecutor(.repeatable, recovering: 2, decision: nil)
        #expect(again.handle(.began) == .pause(EffectLimits.settling[1]))
        #expect(again.handle(.slept) == .writeIntent(attempt: 3))
        #expect(again.handle(.written) == .act(number: 3, isRecovery: true))
        var raised = OutsideExecutor(.raised, recovering: 1, decision: nil)
        #expect(raised.handle(.began) == .finish(.lost(nil)))
        var asked = OutsideExecutor(.undecided, recovering: 1, decision: nil)
        guard case .finish(.undecided) = asked.handle(.began) else {
            Issue.record("not undecided")
            return
        }
    }

    @Test("a person's decision counts")
    func decided() {
        var again = OutsideExecutor(.undecided, recovering: 5, decision: EffectDecision(.recreate))
        #expect(again.handle(.began) == .writeIntent(attempt: 1))
        #expect(again.handle(.written) == .act(number: 1, isRecovery: true))
        var left = OutsideExecutor(.undecided, recovering: 1, decision: EffectDecision(.skip))
        guard case .finish(.refused(let failure)) = left.handle(.began) else {
            Issue.record("not left out")
            return
        }
        #expect(failure.code == "skipped")
        var adopted = OutsideExecutor(.undecided, recovering: 1, decision: EffectDecision(.adopt, id: "1"))
        guard case .finish(.undecided) = adopted.handle(.began) else {
            Issue.record("adopted")
            return
        }
    }

    @Test("marks are letters, digits and dashes, and no two steps share one")
    func marks() {
        let steps = [
            "/:1.1", "/:11.1", "/:1.11", "/1.1.0:1.1", "/1.1.0/1.1.1:1.1", "/parameters/app:1.1", "/!Q:1.1", "/!q:1.1",
        ]
        .compactMap { StepID($0)?.marker }
        #expect(Set(steps).count == 8)
        #expect(steps.allSatisfy { $0.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".contains($0) } })
    }
}
