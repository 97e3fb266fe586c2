internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import ServerPilotSimulator

/// The resources on which a change depends besides the recipe's own reads: the changed one, and those deleted along.
///
/// A plan shows `old -> new` and the resources that a deletion removes. A person who confirms the plan confirms exactly
/// these, not the resources that a rival has added since.
struct ChangedThings {
    private let overlay: AccountOverlay
    /// The ids of the account's resources, by the lists that were read.
    private let ids: [ServerPilot.Operation.Name: Set<String>]

    init(_ overlay: AccountOverlay) {
        self.overlay = overlay
        var ids: [ServerPilot.Operation.Name: Set<String>] = [:]
        for listing in ResourceKind.allCases.compactMap(ServerPilot.Operation.listing) {
            let things = overlay.answer(listing.name, [:])?.arrayValue ?? []
            ids[listing.name] = Set(things.compactMap { $0["id"]?.stringValue })
        }
        self.ids = ids
    }

    /// Returns the questions about a change; none for a creation or a resource that the plan itself created.
    func questions(of change: PlannedChange) -> [PlanReading] {
        guard change.refusal == nil, let operation = ServerPilot.Operation.named(change.operation),
            operation.effect != .create, let id = change.arguments["id"]?.stringValue,
            let listing = ServerPilot.Operation.listing(operation.kind)?.name, isThere(listing, id)
        else { return [] }
        let thing = PlanReading(listing, [:], filter: ["id": .string(id)])
        // Deletions of certificates and of keys on system users delete no other resource.
        guard operation.effect == .delete, operation.path == ServerPilot.Operation.reading(operation.kind)?.path else {
            return [thing]
        }
        return [thing] + fallen(operation.kind, [id])
    }

    /// Returns the question as the copy asked it: if the copy has read the resource's list, the question concerns that
    /// list.
    func asked(_ reading: PlanReading) -> PlanReading {
        guard let operation = ServerPilot.Operation.named(reading.operation), case .object = operation.result,
            overlay.answer(reading.operation, reading.arguments) == nil, let id = reading.arguments["id"],
            let listing = ServerPilot.Operation.listing(operation.kind)?.name,
            isThere(listing, id.stringValue ?? "")
        else { return reading }
        return PlanReading(listing, [:], filter: ["id": id])
    }

    /// Returns the questions about the resources deleted along with `ids`: one for each id and list that names it as
    /// owner.
    ///
    /// Lists that do not name them are reached through the resources of the other lists.
    private func fallen(
        _ kind: ResourceKind, _ ids: Set<String>, but covered: Set<ServerPilot.Operation.Name> = []
    ) -> [PlanReading] {
        let owned = ServerPilot.Operation.owned(by: kind).filter { !covered.contains($0.listing.name) }
        let covered = covered.union(owned.map(\.listing.name))
        return owned.flatMap { listing, owner -> [PlanReading] in
            let questions = ids.sorted().map { PlanReading(listing.name, [:], filter: [owner: .string($0)]) }
            let things = overlay.answer(listing.name, [:])?.arrayValue ?? []
            let fallen = things.filter { ids.contains($0[owner]?.stringValue ?? "") }.compactMap {
                $0["id"]?.stringValue
            }
            return questions + self.fallen(listing.kind, Set(fallen), but: covered)
        }
    }

    private func isThere(_ listing: ServerPilot.Operation.Name, _ id: String) -> Bool {
        ids[listing]?.contains(id) ?? false
    }
}
