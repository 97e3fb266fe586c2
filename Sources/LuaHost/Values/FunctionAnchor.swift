import CLuaBridge

/// An anchor that keeps a function or environment alive in Lua; copies of a ``LuaFunction`` share it.
final class FunctionAnchor: Sendable {
    let handle: luabridge_handle
    /// The queue of the host, which also identifies the host that the function belongs to.
    let releases: ReleaseQueue

    init(handle: luabridge_handle, releases: ReleaseQueue) {
        self.handle = handle
        self.releases = releases
    }

    deinit {
        releases.add(handle)
    }
}
