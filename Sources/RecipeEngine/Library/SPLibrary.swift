internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// The module `sp`: the functions that a recipe can call.
///
/// The functions of the API come from the operations table, the others from the extensions in this folder.
struct SPLibrary: Sendable {
    let session: RunSession
    /// The grants of the calling module.
    let realm: RecipeRealm

    /// The options of a function that waits for the action of a change.
    private static let waitOptions = HostParameter(
        "options", "table", isOptional: true, documentation: "wait (true by default), timeout (such as \"10m\").")

    /// The work of a function, which asks for its options after it has read its other arguments.
    typealias Waiting =
        nonisolated(nonsending) @Sendable (
            _ arguments: LuaArguments, _ scope: StepScope, _ options: () throws -> EnsureOptions
        ) async throws -> [LuaValue]

    /// Returns a function that waits for the action of its change; its last parameter are the options.
    func waiting(
        _ name: String, _ parameters: [HostParameter], results: [String], waits: Bool = true, _ documentation: String,
        _ body: @escaping Waiting
    ) -> HostFunction {
        HostFunction(
            name, parameters: parameters + [Self.waitOptions], results: results, documentation: documentation,
            async: { call in
                try await body(call.arguments, StepScope(session, call, realm)) {
                    try EnsureOptions(call.arguments, at: parameters.count, limits: session.limits, waits: waits)
                }
            })
    }

    /// The fields by which a list is filtered.
    static func filter(isOptional: Bool) -> HostParameter {
        HostParameter(
            "filter", "table", isOptional: isOptional, documentation: "Fields and values that a resource must have.")
    }

    /// Returns the module for one run.
    func module(parameters: [String: String]) -> HostModule {
        let params = parameters.sorted { $0.key < $1.key }
            .map { LuaTable.Field(key: $0.key, value: .string($0.value)) }
        return HostModule(
            name: "sp", documentation: "ServerPilot's API, and helper functions for recipes.",
            functions: operationFunctions + findFunctions + ensureFunctions + removeFunctions + connectFunctions
                + partFunctions + waitFunctions + concurrencyFunctions + runFunctions,
            constants: [
                HostModule.Constant("null", .null),
                HostModule.Constant("params", .table(LuaTable(fields: params))),
            ])
    }
}
