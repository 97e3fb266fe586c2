import Testing

@testable import ServerPilotClient

@Suite struct RetryPolicyTests {
    @Test(
        "the maximum pause doubles from half a second to thirty seconds",
        arguments: [(1, 500), (2, 1000), (3, 2000), (4, 4000), (5, 8000), (6, 16000), (7, 30000), (100, 30000)])
    func range(failures: Int, milliseconds: Int) {
        let policy = RetryPolicy()
        #expect(policy.delay(after: failures, random: 0) == .zero)
        #expect(policy.delay(after: failures, random: 0.5) == .milliseconds(milliseconds) / 2)
        #expect(policy.delay(after: failures, random: 0.999_999) < .milliseconds(milliseconds))
    }

    @Test("the sixth failure is final")
    func attempts() {
        var sequence = RetrySequence(policy: RetryPolicy())
        var budget = RetryBudget()
        for failures in 1...5 {
            let step = sequence.failed(.notSent, elapsed: .zero, random: 0, budget: &budget)
            #expect(step == .retry(after: .zero))
            #expect(sequence.failures == failures)
        }
        #expect(sequence.failed(.notSent, elapsed: .zero, random: 0, budget: &budget) == .giveUp(.attempts))
        #expect(budget.extra == 5)
    }

    @Test(
        "Retry-After is obeyed exactly, up to five minutes; jitter applies only without it",
        arguments: [
            (Duration?.none, Duration.milliseconds(250)), (.seconds(0), .seconds(0)), (.seconds(7), .seconds(7)),
            (.seconds(300), .seconds(300)), (.seconds(301), .seconds(300)), (.seconds(86400), .seconds(300)),
        ])
    func retryAfter(asked: Duration?, expected: Duration) {
        var sequence = RetrySequence(policy: RetryPolicy())
        var budget = RetryBudget()
        let step = sequence.failed(.throttled(retryAfter: asked), elapsed: .zero, random: 0.5, budget: &budget)
        #expect(step == .retry(after: expected))
    }

    @Test("a pause that would end after ten minutes is not started and costs nothing")
    func time() {
        var sequence = RetrySequence(policy: RetryPolicy())
        var budget = RetryBudget()
        let setback = RetrySequence.Setback.throttled(retryAfter: .seconds(300))
        let inTime = sequence.failed(setback, elapsed: .seconds(299), random: 0, budget: &budget)
        #expect(inTime == .retry(after: .seconds(300)))
        let late = sequence.failed(setback, elapsed: .seconds(300), random: 0, budget: &budget)
        #expect(late == .giveUp(.time))
        #expect(budget.extra == 1)
    }

    @Test(
        "a run may send ten extra requests, or a fifth of its requests",
        arguments: [(0, 10), (50, 10), (54, 10), (55, 11), (1000, 200)])
    func budget(requests: Int, extra: Int) {
        var budget = RetryBudget()
        for _ in 0..<requests { budget.requestBegan() }
        var granted = 0
        while granted < 10_000, budget.takeExtra(RetryPolicy()) { granted += 1 }
        #expect(granted == extra)
        var sequence = RetrySequence(policy: RetryPolicy())
        #expect(sequence.failed(.notSent, elapsed: .zero, random: 0, budget: &budget) == .giveUp(.budget))
        budget.returnExtra()
        #expect(sequence.failed(.notSent, elapsed: .zero, random: 0, budget: &budget) == .retry(after: .zero))
    }
}
