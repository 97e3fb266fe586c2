internal import CLuaBridge

/// The memory of this process, as the kernel counts it, for programs that limit what scripts make them hold.
///
/// It counts everything that the process keeps: results, errors, replies, records of the program itself. Create it
/// before the first script is read. Only one host at a time should be limited by it, since it cannot tell hosts apart.
/// Linux only; elsewhere it never grows.
///
/// ```swift
/// let memory = ProcessMemory()
/// let host = try LuaHost(configuration: LuaHostConfiguration(processMemory: memory))
/// _ = try await host.run(source: "return ('x'):rep(1000)", name: "big.lua")
/// print("\(memory.gained >> 20) MiB more than before")
/// ```
public final class ProcessMemory: Sendable {
    private let start: Int

    /// Notes the memory that the process has now.
    public init() { start = Self.resident(0) }

    /// The bytes of resident memory that the process has gained since this object was created; at least 0.
    public var gained: Int { max(0, Self.resident(0) - start) }

    /// Returns the resident memory of a process in bytes, of this process for 0; 0 if the system does not say.
    static func resident(_ process: Int32) -> Int { max(0, Int(luaprocess_memory(process))) }
}
