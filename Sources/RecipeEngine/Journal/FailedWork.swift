public import DurableSteps
internal import Groundwork
internal import OrderedCollections
public import ServerPilot

/// A resource whose creation ServerPilot accepted, but whose work on the server ended in `error`.
///
/// The record exists, so the resource looks complete. Only the journal of the run that created it shows the failure.
///
/// ```swift
/// func surroundings(knowing runs: [RunID], in store: any RunStore) async throws -> RecipeSurroundings {
///     var surroundings = RecipeSurroundings()
///     for id in runs { surroundings.failedWork += try await store.entries(of: id).failedWork(of: id) }
///     return surroundings
/// }
/// ```
public struct FailedWork: Hashable, Sendable {
    /// The run that created the resource.
    public let run: RunID
    /// The operation that created the resource.
    public let operation: ServerPilot.Operation.Name
    /// The name of the resource.
    public let object: String?
    /// The id of the resource.
    public let id: String
    /// The action that ended in `error`.
    public let action: String
}

extension [JournalEntry] {
    /// Returns the resources that the run created and left unfinished, as far as it saw.
    ///
    /// A resource is left out if it was deleted, if a later action on it succeeded, or if a person accepted it.
    ///
    /// - Parameter run: the run that wrote these entries.
    /// - Returns: one element for each resource, in the order in which their failures were seen.
    public func failedWork(of run: RunID) -> [FailedWork] {
        var creations: [String: FailedWork] = [:]
        var resources: [String: String] = [:]
        var failed = OrderedDictionary<String, FailedWork>()
        for entry in self {
            if entry.isChange, let operation = ServerPilot.Operation.named(.init(rawValue: entry.operation)) {
                // Journals of earlier versions hold the id of the changed resource in place of its name.
                let object = entry.object
                let subject = entry.id ?? object
                if operation.effect == .delete, let subject { failed[subject] = nil }
                guard let action = entry.outcome?.action, let id = entry.repliedID ?? subject else { continue }
                resources[action] = id
                guard operation.effect == .create else { continue }
                creations[action] = FailedWork(
                    run: run, operation: operation.name, object: object, id: id, action: action)
            } else if let wait = entry.observation, entry.operation == "wait" {
                for action in wait.value?.arrayValue ?? [] {
                    if let id = action["id"]?.stringValue, let resource = resources[id] { failed[resource] = nil }
                }
                guard let failure = wait.failure, failure.code == RecipeError.actionFailed,
                    let work = failure.details?.object.flatMap({ creations[$0] })
                else { continue }
                failed[work.id] = work
            }
        }
        return failed.values.elements
    }
}

extension RecipeError {
    /// Creates an error: the resource exists, but an earlier run left it unfinished.
    init(_ work: FailedWork, of function: String, status: Int? = nil) {
        let name = work.object.map { " '\($0)'" } ?? ""
        let kind = ServerPilot.Operation.named(work.operation)?.kind.spokenName ?? "resource"
        self.init(
            Self.failedBefore, in: function,
            "the \(kind)\(name) (\(work.id)) exists, but its work on the server ended in 'error' (action "
                + "\(work.action), run \(work.run))",
            status: status, operation: work.operation.rawValue, object: work.id,
            hint: "delete it with 'sprun undo \(work.run)', or keep it with 'sprun resume \(work.run) --skip'; then "
                + "run the recipe again")
    }
}
