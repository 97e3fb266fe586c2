internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import ServerPilotSimulator

/// What a change rests on besides what the recipe asked: the thing that it changes, and what falls with it.
///
/// A plan shows `old -> new` and what a deletion takes along; who agrees to it agrees to that, and not to what a rival
/// has put there since.
struct ChangedThings {
    private let overlay: AccountOverlay
    /// The ids of what the account has, by the lists that were read.
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

    /// The questions; none of a creation, and none of what the plan itself made.
    func questions(of change: PlannedChange) -> [PlanReading] {
        guard change.refusal == nil, let operation = ServerPilot.Operation.named(change.operation),
            operation.effect != .create, let id = change.arguments["id"]?.stringValue,
            let listing = ServerPilot.Operation.listing(operation.kind)?.name, isThere(listing, id)
        else { return [] }
        let thing = PlanReading(listing, [:], filter: ["id": .string(id)])
        // Certificates and keys on users are deleted too, and take nothing along.
        guard operation.effect == .delete, operation.path == ServerPilot.Operation.reading(operation.kind)?.path else {
            return [thing]
        }
        return [thing] + fallen(operation.kind, [id])
    }

    /// The question as the copy asked it: one thing of a list that it had read already was not asked for by itself.
    func asked(_ reading: PlanReading) -> PlanReading {
        guard let operation = ServerPilot.Operation.named(reading.operation), case .object = operation.result,
            overlay.answer(reading.operation, reading.arguments) == nil, let id = reading.arguments["id"],
            let listing = ServerPilot.Operation.listing(operation.kind)?.name,
            isThere(listing, id.stringValue ?? "")
        else { return reading }
        return PlanReading(listing, [:], filter: ["id": id])
    }

    /// What falls with things of that kind: each list that names them as owners, and with what is in it the lists that do
    /// not name them themselves.
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
