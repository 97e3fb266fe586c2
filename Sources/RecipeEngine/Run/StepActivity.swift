internal import DurableSteps
internal import LuaHost

/// An activity that counts Lua's work for the steps of a run, so that they know when everything waits.
struct StepActivity: HostActivity {
    let steps: StepRunner

    func workBegan() { steps.workBegan() }
    func workEnded() { steps.workEnded() }
}
