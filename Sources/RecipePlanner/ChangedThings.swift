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
        for listing in Set(Self.listings.values) {
            let things = overlay.answer(listing, [:])?.arrayValue ?? []
            ids[listing] = Set(things.compactMap { $0["id"]?.stringValue })
        }
        self.ids = ids
    }

    /// Where a thing's owner stands in what it owns: each deletion takes these along (documented; of servers inferred).
    private static let owned: [ResourceKind: [(listing: ServerPilot.Operation.Name, owner: String)]] = [
        .server: [("sysusers", "serverid"), ("apps", "serverid"), ("dbs", "serverid")],
        .sysuser: [("apps", "sysuserid")],
        .app: [("dbs", "appid")],
    ]

    private static let listings: [ResourceKind: ServerPilot.Operation.Name] = [
        .server: "servers", .sshkey: "sshkeys", .sysuser: "sysusers", .app: "apps", .db: "dbs", .dbuser: "dbs",
    ]

    /// The questions; none of a creation, and none of what the plan itself made.
    func questions(of change: PlannedChange) -> [PlanReading] {
        guard change.refusal == nil, let operation = ServerPilot.Operation.named(change.operation),
            operation.effect != .create, let id = change.arguments["id"]?.stringValue,
            let listing = Self.listings[operation.kind], isThere(listing, id)
        else { return [] }
        let thing = PlanReading(listing, [:], filter: ["id": .string(id)])
        // Certificates and keys on users are deleted too, and take nothing along.
        guard operation.effect == .delete, operation.path == ServerPilot.Operation.reading(operation.kind)?.path else {
            return [thing]
        }
        return [thing] + fallen(operation.kind, id)
    }

    /// The question as the copy asked it: one thing of a list that it had read already was not asked for by itself.
    func asked(_ reading: PlanReading) -> PlanReading {
        guard let operation = ServerPilot.Operation.named(reading.operation), case .object = operation.result,
            overlay.answer(reading.operation, reading.arguments) == nil, let id = reading.arguments["id"],
            let listing = Self.listings[operation.kind], isThere(listing, id.stringValue ?? "")
        else { return reading }
        return PlanReading(listing, [:], filter: ["id": id])
    }

    private func fallen(_ kind: ResourceKind, _ id: String) -> [PlanReading] {
        var questions = (Self.owned[kind] ?? []).map { PlanReading($0.listing, [:], filter: [$0.owner: .string(id)]) }
        if kind == .sysuser, let apps = overlay.answer("apps", [:])?.arrayValue {
            for app in apps where app["sysuserid"]?.stringValue == id {
                if let app = app["id"]?.stringValue { questions += fallen(.app, app) }
            }
        }
        return questions
    }

    private func isThere(_ listing: ServerPilot.Operation.Name, _ id: String) -> Bool {
        ids[listing]?.contains(id) ?? false
    }
}
