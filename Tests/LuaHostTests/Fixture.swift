import Foundation
import LuaHost
import SprunTesting
import Synchronization

/// An error that scripts get as a table.
struct ShopError: LuaErrorConvertible, Hashable {
    var code = "sold_out"
    var message = "apples are sold out"
    var luaValue: LuaTable { ["code": .string(code), "message": .string(message), "status": 409] }
}

/// An error that scripts get as a string.
struct PlainError: Error, Hashable, CustomStringConvertible {
    var description = "plain trouble"
}

/// The module `t` that most tests use.
let testModule = HostModule(
    name: "t",
    functions: [
        HostFunction(
            "add", parameters: [.init("a", "integer"), .init("b", "integer")],
            sync: { arguments in
                [.integer(try arguments.integer(0) + arguments.integer(1))]
            }),
        HostFunction("echo", sync: { $0.values }),
        HostFunction("list", parameters: [.init("items", "string|any[]|nil")], sync: { $0.values }),
        HostFunction("fail", sync: { _ in throw ShopError() }),
        HostFunction("fail_plain", sync: { _ in throw PlainError() }),
        HostFunction("site", sync: { [.string($0.site.description)] }),
        HostFunction(
            "wait",
            async: { call in
                await Task.yield()
                return call.arguments.values
            }),
        HostFunction("instant", async: { $0.arguments.values }),
        HostFunction(
            "wait_fail",
            async: { _ in
                await Task.yield()
                throw ShopError()
            }),
        HostFunction(
            "all",
            async: { call in
                let functions = try call.arguments.array(0)
                let calls = try functions.map { value in
                    guard case .function(let function) = value else {
                        throw call.arguments.invalid(0, "functions expected")
                    }
                    return LuaInvocation(function)
                }
                let limit = call.arguments[1].isNil ? nil : Int(try call.arguments.integer(1))
                let results = try await call.concurrently(calls, limit: limit)
                return [.table(LuaTable(results.map { $0.first ?? .nil }))]
            }),
        HostFunction(
            "park",
            async: { _ in
                // Waits until it is cancelled.
                let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
                await withTaskCancellationHandler {
                    for await _ in stream {}
                } onCancel: {
                    continuation.finish()
                }
                throw CancellationError()
            }),
        HostFunction("path", async: { call in [.string("\(call.path)#\(call.number)")] }),
    ],
    constants: [
        .init("null", .null), .init("version", 3), .init("large", .largeInteger("18446744073709551615")),
    ])

extension LuaHostLimits {
    /// Budgets that hold under a sanitizer on a busy machine too, for tests that are not about them.
    static var patient: LuaHostLimits {
        var limits = LuaHostLimits()
        limits.slice = .seconds(60)
        limits.total = .seconds(600)
        return limits
    }
}

/// Where the Lua of the tests runs: in their process, or in `SPRUN_LUA`.
let isolation: LuaIsolation =
    if let program = getenv("SPRUN_LUA") { .process(String(cString: program)) } else { .inProcess }

/// `sprun-lua`, which was built together with the tests.
func ownProcess() throws -> LuaIsolation {
    for argument in CommandLine.arguments where argument.contains("/") {
        var folder = URL(fileURLWithPath: argument).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/" {
            let program = folder.appending(path: "sprun-lua").path
            if FileManager.default.isExecutableFile(atPath: program) { return .process(program) }
            folder.deleteLastPathComponent()
        }
    }
    throw PlainError(description: "there is no sprun-lua beside \(CommandLine.arguments)")
}

func makeHost(
    limits: LuaHostLimits = .patient, seed: UInt64 = 1, modules: [HostModule] = [],
    activity: (any HostActivity)? = nil, print: @escaping @Sendable (String) -> Void = { _ in }
) throws -> LuaHost {
    try LuaHost(
        configuration: LuaHostConfiguration(
            limits: limits, seed: seed, activity: activity, isolation: isolation, print: print),
        modules: [testModule] + modules)
}

/// Runs a script on a host of its own.
func run(_ source: String, arguments: [LuaValue] = [], limits: LuaHostLimits = .patient) async throws
    -> [LuaValue]
{
    try await makeHost(limits: limits).run(source: source, name: "test.lua", arguments: arguments)
}

/// The error that a script ends with; nil when it ends well.
func failure(_ source: String, limits: LuaHostLimits = .patient) async throws -> LuaError? {
    do {
        _ = try await makeHost(limits: limits).run(source: source, name: "test.lua")
        return nil
    } catch let error as LuaError {
        return error
    }
}
