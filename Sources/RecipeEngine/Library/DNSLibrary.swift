internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage

/// The module `dns`: lookups of the addresses of names.
struct DNSLibrary: Sendable {
    let session: RunSession
    let realm: RecipeRealm
    let names: (any NameLookup)?

    var module: HostModule { HostModule(name: "dns", documentation: "Address lookups.", functions: [addresses]) }

    private var addresses: HostFunction {
        HostFunction(
            "addresses", parameters: [HostParameter("name", "string")], results: ["string[]"],
            documentation: "Returns the sorted IPv4 and IPv6 addresses of a name; an empty list if the name does not "
                + "exist.",
            async: { call in
                let name = try call.arguments.string(0)
                // A query can carry data that was read from the account, so it needs a permission like a change.
                try realm.check(.dns, for: "dns.addresses")
                let arguments: JSONObject = ["name": .string(name)]
                let found = try await StepScope(session, call, realm).observe(.outside("dns.addresses"), arguments) {
                    .array(try await look(up: name).sorted().map { .string($0) })
                }
                return [LuaValue(found)]
            })
    }

    private func look(up name: String) async throws(RecipeError) -> [String] {
        guard let names else {
            throw RecipeError(code: RecipeError.noNames, message: "dns.addresses: name lookups are not available here")
        }
        do throws(NameLookupFailure) {
            return try await names.addresses(of: name)
        } catch {
            throw RecipeError(RecipeError.noNames, in: "dns.addresses", error.message, object: name)
        }
    }
}
