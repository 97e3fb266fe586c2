import CLuaBridge
import Synchronization

/// The handles of Lua functions that Swift has dropped, from whatever thread, until the host is next on its
/// actor and can free them.
final class ReleaseQueue: Sendable {
    private let handles = Mutex<[luabridge_handle]>([])

    func add(_ handle: luabridge_handle) {
        handles.withLock { $0.append(handle) }
    }

    func takeAll() -> [luabridge_handle] {
        handles.withLock { handles in
            guard !handles.isEmpty else { return [] }
            defer { handles.removeAll(keepingCapacity: true) }
            return handles
        }
    }
}
