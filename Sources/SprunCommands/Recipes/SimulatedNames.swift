internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// The addresses in a simulated account: a domain has the address of its app's server; no resolver is used.
struct SimulatedNames: NameLookup {
    let transport: any Transport

    func addresses(of name: String) async throws(NameLookupFailure) -> [String] {
        do throws(ServerPilotError) {
            let app = try await list("apps").first { app in
                app["domains"]?.arrayValue?.contains(.string(name)) == true
            }
            let server = try await list("servers").first { $0["id"] == app?["serverid"] }
            return server?["lastaddress"]?.stringValue.map { [$0] } ?? []
        } catch {
            throw NameLookupFailure(error.message)
        }
    }

    private func list(_ name: Operation.Name) async throws(ServerPilotError) -> [JSONValue] {
        guard let operation = Operation.named(name) else { return [] }
        return try await transport.call(operation, [:]).data.arrayValue ?? []
    }
}
