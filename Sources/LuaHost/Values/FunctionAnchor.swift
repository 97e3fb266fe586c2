import CLuaBridge

/// Keeps one function alive in Lua; copies of a ``LuaFunction`` share it.
final class FunctionAnchor: Sendable {
    let handle: luabridge_handle
    /// Also tells which host the function belongs to.
    let releases: ReleaseQueue

    init(handle: luabridge_handle, releases: ReleaseQueue) {
        self.handle = handle
        self.releases = releases
    }

    deinit {
        releases.add(handle)
    }
}
