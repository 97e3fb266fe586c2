internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

/// Finds the operation that a request means, from the operations table alone.
struct OperationRouter {
    /// What a method and a path lead to.
    enum Route {
        /// These operations, told apart by the members of the body where there are several, and the ids in the path.
        case found([Operation], ids: [String: String])
        /// There is something at the path, for other methods.
        case wrongMethod(allowed: [HTTPRequest.Method])
        /// There is nothing at the path.
        case nothing
    }

    /// By the number of segments in the path, so that few templates are looked at for a request.
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

    /// Of several operations on one path, the one whose members the body has.
    ///
    /// - Throws: `Refusal` when the body has members of none or of several: they never go together (documented).
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
