internal import LuaHost
internal import RecipeEngine

/// A call that waits, with times on the clock of `ProgressModel`.
struct ProgressWait {
    /// The properties that the waits of a polling recipe share.
    struct Purpose: Hashable {
        let subject: String
        let site: LuaCallSite?
        let path: LuaCoroutinePath
    }

    /// The number of the call.
    let id: Int
    let purpose: Purpose
    /// The beginning of the wait.
    var began: ProgressModel.Moment
    /// The time of the first event about it.
    var seen: ProgressModel.Moment
    let nextLook: ProgressModel.Moment?
    let limit: ProgressModel.Moment?
    let end: ProgressModel.Moment?

    var subject: String { purpose.subject }
    var site: LuaCallSite? { purpose.site }
    var path: LuaCoroutinePath { purpose.path }

    init(_ call: RunEvent.Call, at now: ProgressModel.Moment) {
        id = call.id
        purpose = Purpose(subject: call.subject, site: call.site, path: call.path)
        began = now - call.elapsed
        seen = now
        nextLook = call.nextLook.map { now + $0 }
        limit = call.limit.map { now + $0 }
        end = call.end.map { now + $0 }
    }
}
