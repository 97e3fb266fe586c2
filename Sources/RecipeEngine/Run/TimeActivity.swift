internal import Groundwork
internal import LuaHost

/// An activity that notifies the run's clock of Lua's work, so that a virtual clock knows when everything waits.
struct TimeActivity: HostActivity {
    let time: any TimeSource

    func workBegan() { time.workBegan() }
    func workEnded() { time.workEnded() }
}
