import Groundwork
import Synchronization

/// A clock whose time of day can be set back and forth, as a person or a time server does; its steady time is the base's.
final class SettableClock: TimeSource {
    private let base: any TimeSource
    private let offset = Mutex(Duration.zero)

    init(base: any TimeSource) { self.base = base }

    /// From now on the time of day is so far from that of the base.
    func set(_ offset: Duration) { self.offset.withLock { $0 = offset } }

    var now: Timestamp { base.now + offset.withLock { $0 } }
    var steady: Timestamp { base.steady }
    func sleep(for duration: Duration) async throws { try await base.sleep(for: duration) }
    func workBegan() { base.workBegan() }
    func workEnded() { base.workEnded() }
}
