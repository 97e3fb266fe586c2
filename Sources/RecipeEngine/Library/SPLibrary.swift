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
    static let waitOptions = HostParameter(
        "options", "table", isOptional: true, documentation: "wait (true by default), timeout (such as \"10m\").")

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
