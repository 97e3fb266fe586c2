/// The extra requests that a run has left: a share of all its requests.
struct RetryBudget: Hashable {
    private(set) var requests = 0
    private(set) var extra = 0

    /// A request is about to be sent for the first time.
    mutating func requestBegan() { requests += 1 }

    /// Takes one extra request; `false` when none is left.
    mutating func takeExtra(_ policy: RetryPolicy) -> Bool {
        let most = max(policy.extraFloor, Int(Double(requests) * policy.extraShare))
        guard extra < most else { return false }
        extra += 1
        return true
    }

    /// Gives one back that was taken and not used.
    mutating func returnExtra() { extra -= 1 }
}
