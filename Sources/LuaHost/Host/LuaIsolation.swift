internal import CLuaBridge

/// The process in which the Lua of a ``LuaHost`` runs.
///
/// Host functions, and everything that they reach, stay in the program that embeds the host in both cases.
///
/// ```swift
/// let isolation = LuaIsolation.process("/usr/local/bin/sprun-lua")
/// let missing = try isolation.missingWalls()
/// guard missing.isEmpty else { return print("this kernel lacks \(missing.joined(separator: ", "))") }
/// let host = try LuaHost(configuration: LuaHostConfiguration(isolation: isolation))
/// ```
public struct LuaIsolation: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case inProcess
        case process(program: String)
    }
    let kind: Kind

    /// Lua in this process, for scripts that the program trusts.
    ///
    /// A fault in Lua or in the bridge could give a script everything that the process has.
    public static let inProcess = LuaIsolation(kind: .inProcess)

    /// Runs Lua in a separate process without files, network or environment, for scripts of strangers.
    ///
    /// Linux only. A process that crashes, hangs or is under a stranger's control ends the run with an error of code
    /// `host`, `memory` or `cpuBudget`. It reaches only the host functions of the run.
    ///
    /// - Parameter program: The path of `sprun-lua`, of the same version as this library.
    /// - Returns: The isolation. Creating a host starts the process.
    public static func process(_ program: String) -> LuaIsolation { LuaIsolation(kind: .process(program: program)) }

    /// Starts the process, and returns the walls that this kernel cannot put around it.
    ///
    /// - Returns: The missing walls, as "files (Landlock)"; empty if none is missing, or if Lua runs in this process.
    /// - Throws: ``LuaError`` with code `host` if the program cannot be used.
    public func missingWalls() throws(LuaError) -> [String] {
        guard case .process(let program) = kind else { return [] }
        let limits = luabridge_limits(
            memory: 64 << 20, slice: 1_000_000_000, total: 1_000_000_000, value_bytes: 1 << 20, value_depth: 64,
            seed: 0)
        let bridge = try ProcessBridge(
            program, limits, stall: LuaHostLimits().stall,
            Dispatcher(runs: CancellationGroup(), coroutineLimit: 0, print: { _ in }))
        let all: [(Int, String)] = [
            (LUAPROTOCOL_WALL_PRIVILEGES, "privileges"), (LUAPROTOCOL_WALL_LIMITS, "resources"),
            (LUAPROTOCOL_WALL_FILES, "files (Landlock)"), (LUAPROTOCOL_WALL_CALLS, "system calls (seccomp)"),
        ]
        return all.filter { bridge.walls & UInt32($0.0) == 0 }.map(\.1)
    }
}
