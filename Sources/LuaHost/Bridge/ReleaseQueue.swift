import CLuaBridge
import Synchronization

/// The handles of Lua functions and environments that Swift no longer uses.
///
/// Any thread can add handles. The host frees them in Lua the next time that it runs on its actor.
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
