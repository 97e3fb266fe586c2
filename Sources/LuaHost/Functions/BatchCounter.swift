import Synchronization

/// A counter of the batches that a call starts, from 1.
final class BatchCounter: Sendable {
    private let count = Atomic(0)

    func next() -> Int {
        count.add(1, ordering: .relaxed).newValue
    }
}
