import DurableSteps
import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import Synchronization

/// Notes each request that changes something, with names in place of ids, so that those of a plan and of a run can be
/// laid side by side: ids are made up in one and real in the other.
final class ChangeLog: Transport {
    private struct State {
        var names: [String: String]
        var changes: [String] = []
    }

    private let base: any Transport
    private let state: Mutex<State>

    init(_ base: any Transport, account: Account) {
        self.base = base
        state = Mutex(State(names: Self.names(in: account)))
    }

    var changes: [String] { state.withLock { $0.changes } }

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        if request.method != .get {
            state.withLock { $0.changes.append(Self.text(request, $0.names)) }
        }
        let response = try await base.send(request)
        if request.method != .get, let data = (try? JSONValue(bytes: response.body))?["data"] {
            state.withLock { state in
                for thing in [data, data["user"] ?? .null] {
                    guard let id = thing["id"]?.stringValue, let name = thing["name"]?.stringValue else { continue }
                    // What is renamed later is called as it was at first.
                    if state.names[id] == nil { state.names[id] = name }
                }
            }
        }
        return response
    }

    /// The same of each change of a plan, with its step.
    static func changes(of plan: Plan, on account: Account) throws -> [(step: StepID, text: String)] {
        let names = names(in: account).merging(plan.madeUpIDs) { known, _ in known }
        return try plan.changes.map { change in
            guard let operation = ServerPilot.Operation.named(change.operation) else { return (change.step, "?") }
            return (change.step, text(try operation.request(change.arguments), names))
        }
    }

    private static func names(in account: Account) -> [String: String] {
        var names: [String: String] = [:]
        for server in account.servers.values { names[server.id.rawValue] = server.name }
        for key in account.sshkeys.values { names[key.id.rawValue] = key.name }
        for user in account.sysusers.values { names[user.id.rawValue] = user.name }
        for app in account.apps.values { names[app.id.rawValue] = app.name }
        for database in account.databases.values {
            names[database.id.rawValue] = database.name
            names[database.user.id.rawValue] = database.user.name
        }
        return names
    }

    private static func text(_ request: WireRequest, _ names: [String: String]) -> String {
        let path = request.path.split(separator: "/").map { names[String($0)] ?? String($0) }.joined(separator: "/")
        let body = (try? JSONValue(bytes: request.body)).map { named($0, names).text() } ?? ""
        return "\(request.method) \(path) \(body)"
    }

    private static func named(_ value: JSONValue, _ names: [String: String]) -> JSONValue {
        switch value {
        case .string(let text): .string(names[text] ?? text)
        case .array(let elements): .array(elements.map { named($0, names) })
        case .object(let members): .object(members.mapValues { named($0, names) })
        default: value
        }
    }
}
