internal import CLuaBridge

/// Where the Lua of a ``LuaHost`` runs.
///
/// Host functions, and all that they reach, stay in the program that embeds the host either way.
public struct LuaIsolation: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case inProcess
        case process(program: String)
    }
    let kind: Kind

    /// In this process: for scripts that the program trusts.
    ///
    /// A fault in Lua or in the bridge could give a script what the process has.
    public static let inProcess = LuaIsolation(kind: .inProcess)

    /// In a process of its own, which has no files, network or environment: for scripts of strangers.
    ///
    /// Linux only. A process that crashes, hangs or is somebody else's ends the run with an error of code `host`,
    /// `memory` or `cpuBudget`; it reaches only the host functions that the run was given.
    ///
    /// - Parameter program: The path of `sprun-lua`, of the same version as this library.
    /// - Returns: the isolation, which is tried when a host is made.
    public static func process(_ program: String) -> LuaIsolation { LuaIsolation(kind: .process(program: program)) }

    /// The walls that this kernel cannot put around the process.
    ///
    /// - Returns: what is open, as in "files (Landlock)"; nothing where all stand, or where Lua runs in this process.
    /// - Throws: ``LuaError`` with code `host` where the program cannot be used.
    public func missingWalls() throws(LuaError) -> [String] {
        guard case .process(let program) = kind else { return [] }
        let limits = luabridge_limits(
            memory: 64 << 20, slice: 1_000_000_000, total: 1_000_000_000, value_bytes: 1 << 20, value_depth: 64,
            seed: 0)
        let bridge = try ProcessBridge(program, limits, Dispatcher(runs: CancellationGroup(), print: { _ in }))
        let all: [(Int, String)] = [
            (LUAPROTOCOL_WALL_PRIVILEGES, "privileges"), (LUAPROTOCOL_WALL_LIMITS, "resources"),
            (LUAPROTOCOL_WALL_FILES, "files (Landlock)"), (LUAPROTOCOL_WALL_CALLS, "system calls (seccomp)"),
        ]
        return all.filter { bridge.walls & UInt32($0.0) == 0 }.map(\.1)
    }
}
