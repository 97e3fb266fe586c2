import Synchronization

/// Numbers the batches that one call starts.
final class BatchCounter: Sendable {
    private let count = Atomic(0)

    func next() -> Int {
        count.add(1, ordering: .relaxed).newValue
    }
}
