internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// The recipe that takes away what a run has made: in reverse order, and never what it found.
///
/// An SSH key that the run gave to a system user is taken from it before the key itself is deleted.
struct UndoRecipe {
    /// The recipe.
    let text: String
    /// Changes that it does not take back, in words.
    let kept: [String]
    private let lines: [String]

    /// - Parameters:
    ///   - run: the run.
    ///   - entries: what it wrote.
    init(_ run: RunID, _ entries: [JournalEntry]) {
        var lines: [String] = []
        var kept: [String] = []
        var gone: Set<String> = []
        for entry in entries.reversed() where entry.isChange {
            guard let operation = ServerPilot.Operation.named(.init(rawValue: entry.operation)) else { continue }
            let data = entry.body["reply"]?["data"] ?? .null
            let id = entry.body["id"]?.stringValue
            let name = entry.body["object"]?.stringValue ?? data["id"]?.stringValue ?? "?"
            let wasFound = entry.body["by"]?.stringValue == "adopted"
            switch operation.effect {
            case .create where wasFound: kept.append("\(operation.kind.spokenName) \(name): it was found, not made")
            case .create:
                guard let made = data["id"]?.stringValue, !gone.contains(made) else { continue }
                lines.append("remove(sp.ensure_absent_\(operation.kind), \(Self.quoted(made)))")
            case .delete where operation.removesResource:
                if let id { gone.insert(id) }
                kept.append("\(operation.kind.spokenName) \(name): deleted, and cannot be brought back")
            case .update where operation.name == "add_sysuser_sshkey" && !wasFound:
                guard let id, let key = Self.key(of: entry, in: entries) else { continue }
                lines.append("sp.ensure_absent_sysuser_sshkey(\(Self.quoted(id)), \(Self.quoted(key)))")
            case .delete, .update: kept.append("sp.\(operation.name) \(name)")
            case .read: continue
            }
        }
        self.kept = kept
        self.lines = lines
        text = """
            -- What run \(run) has made, the newest first. What went with what it was in is absent already.
            local function remove(ensure_absent, id) ensure_absent{ id = id } end
            \(lines.joined(separator: "\n"))
            """
    }

    /// Whether there is nothing to take away.
    var isEmpty: Bool { lines.isEmpty }

    /// The SSH key that a step gave to a system user: its intent names it.
    private static func key(of outcome: JournalEntry, in entries: [JournalEntry]) -> String? {
        entries.last { $0.kind == .intent && $0.step == outcome.step }?.body["key"]?["id"]?.stringValue
    }

    private static func quoted(_ id: String) -> String {
        // Ids are letters and digits; whatever else a reply held must not become Lua.
        "\"\(id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })\""
    }
}
