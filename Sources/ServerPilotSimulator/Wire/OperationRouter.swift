internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

/// Finds the operation of a request, using only the operations table.
struct OperationRouter {
    /// The result for a method and a path.
    enum Route {
        /// The candidate operations and the ids in the path. The members of the body select one of several candidates.
        case found([Operation], ids: [String: String])
        /// The path exists, but only for other methods.
        case wrongMethod(allowed: [HTTPRequest.Method])
        /// The path does not exist.
        case nothing
    }

    /// The operations by number of path segments, so that a request is compared with few templates.
    private let operations: [Int: [Operation]]

    init(_ operations: [Operation] = Operation.all) {
        self.operations = Dictionary(grouping: operations) { $0.path.segments.count }
    }

    func route(_ method: HTTPRequest.Method, _ path: String) -> Route {
        guard path.first == "/" else { return .nothing }
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        var allowed: [HTTPRequest.Method] = []
        var found: [Operation] = []
        var ids: [String: String] = [:]
        for operation in operations[parts.count] ?? [] {
            guard let match = operation.path.match(parts) else { continue }
            guard operation.method == method else {
                if !allowed.contains(operation.method) { allowed.append(operation.method) }
                continue
            }
            found.append(operation)
            ids = match
        }
        if !found.isEmpty { return .found(found, ids: ids) }
        return allowed.isEmpty ? .nothing : .wrongMethod(allowed: allowed)
    }

    /// Returns the operation whose members the body contains, among several operations on one path.
    ///
    /// - Throws: `Refusal` if the body has members of none or of several: they never go together (documented).
    static func choose(_ operations: [Operation], by body: JSONObject) throws(Refusal) -> Operation {
        if operations.count == 1, let only = operations.first { return only }
        let meant = operations.filter { operation in operation.bodyNames.contains { body[$0] != nil } }
        guard let first = meant.first else {
            let names = operations.compactMap(\.bodyNames.first).joined(separator: ", ")
            throw Refusal(.someKind, message: "Nothing to do: give one of \(names).")
        }
        guard meant.count == 1 else {
            let names = meant.compactMap(\.bodyNames.first).joined(separator: " and ")
            throw Refusal(.oneKind, message: "\(names) cannot be given together.")
        }
        return first
    }
}
