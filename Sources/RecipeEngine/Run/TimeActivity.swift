internal import LuaHost
internal import ServerPilot

/// Tells the run's clock when Lua is at work, so that a virtual one knows when everything waits.
struct TimeActivity: HostActivity {
    let time: any TimeSource

    func workBegan() { time.workBegan() }
    func workEnded() { time.workEnded() }
}
