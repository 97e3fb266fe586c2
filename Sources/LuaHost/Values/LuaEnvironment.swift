/// Separate globals, which only code loaded in the environment can reach.
///
/// The globals are the standard library, with copies of its tables, and the modules of the environment. The environment
/// lives in Lua as long as a copy of this value exists, or code that was loaded in it.
///
/// ```swift
/// func runApart(_ plugin: [UInt8], in host: LuaHost) async throws -> [LuaValue] {
///     let environment = try await host.makeEnvironment()
///     let main = try await host.load(source: plugin, name: "plugin.lua", in: environment)
///     return try await host.call(main)
/// }
/// ```
public struct LuaEnvironment: Sendable {
    let anchor: FunctionAnchor
}
