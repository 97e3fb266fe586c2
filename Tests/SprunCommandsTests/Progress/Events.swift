@testable import LuaHost
@testable import RecipeEngine
@testable import SprunCommands

/// Events of runs, made by hand.
enum Events {
    /// The coroutine of an item of a call in the run itself.
    static func path(_ index: Int, call: Int = 1) -> LuaCoroutinePath {
        LuaCoroutinePath.root.child(call: call, batch: 1, index: index)
    }

    /// A call that waits.
    static func running(
        _ id: Int, _ subject: String, line: Int = 3, path: LuaCoroutinePath = .root, elapsed: Duration = .zero,
        nextLook: Duration? = nil, limit: Duration? = nil, end: Duration? = nil
    ) -> RunEvent {
        .running(
            RunEvent.Call(
                id: id, subject: subject, site: LuaCallSite(source: "site.lua", line: line), path: path,
                elapsed: elapsed, nextLook: nextLook, limit: limit, end: end))
    }

    /// An item of a call with so many items.
    static func item(_ index: Int, _ state: LuaItemState, of count: Int, _ label: String? = nil) -> RunEvent {
        .item(RunEvent.Item(path: path(index), count: count, label: label, state: state))
    }

    /// A change that was made.
    static let changed: RunEvent = .performed(RunEvent.Outside(name: "http.post", object: "x", elapsed: .zero))
}
