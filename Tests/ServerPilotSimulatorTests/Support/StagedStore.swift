import ServerPilotSimulator
import Synchronization

/// A store in memory whose commits a test lets through, or lets fail, one by one.
final class StagedStore: AccountStore {
    private struct State {
        var commits: [AccountChanges] = []
        var isHeld = false
        var failures = 0
        var blocked: CheckedContinuation<Void, Never>?
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// What was committed.
    var commits: [AccountChanges] { state.withLock { $0.commits } }

    /// The next commit waits until it is let go.
    func hold() { state.withLock { $0.isHeld = true } }

    /// So many commits fail.
    func fail(_ count: Int) { state.withLock { $0.failures = count } }

    /// Returns once a commit waits.
    func commitWaits() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.blocked == nil { state.waiting = continuation }
                return state.blocked != nil
            }
            if isThere { continuation.resume() }
        }
    }

    /// Lets the commit that waits go on, and those after it.
    func letGo() {
        let blocked = state.withLock { state in
            state.isHeld = false
            defer { state.blocked = nil }
            return state.blocked
        }
        blocked?.resume()
    }

    func load() async throws(AccountStoreError) -> StoredAccount? { nil }

    func create(_ account: StoredAccount) async throws(AccountStoreError) {}

    func commit(_ changes: AccountChanges) async throws(AccountStoreError) {
        await withCheckedContinuation { continuation in
            let (goesOn, waiting) = state.withLock { state in
                guard state.isHeld else { return (true, CheckedContinuation<Void, Never>?.none) }
                state.blocked = continuation
                defer { state.waiting = nil }
                return (false, state.waiting)
            }
            waiting?.resume()
            if goesOn { continuation.resume() }
        }
        let fails = state.withLock { state in
            guard state.failures == 0 else {
                state.failures -= 1
                return true
            }
            state.commits.append(changes)
            return false
        }
        if fails { throw AccountStoreError(.unwritten, "the disk is full") }
    }

    func close() async throws(AccountStoreError) {}
}
