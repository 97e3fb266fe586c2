/// The extra requests that a run may still send: a share of all its requests.
struct RetryBudget: Hashable {
    private(set) var requests = 0
    private(set) var extra = 0

    /// Counts a request before its first attempt.
    mutating func requestBegan() { requests += 1 }

    /// Takes one extra request; returns `false` if none is left.
    mutating func takeExtra(_ policy: RetryPolicy) -> Bool {
        let most = max(policy.extraFloor, Int(Double(requests) * policy.extraShare))
        guard extra < most else { return false }
        extra += 1
        return true
    }

    /// Returns an extra request that was taken but not sent.
    mutating func returnExtra() { extra -= 1 }
}
