internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// The recipe that deletes what a run created, in reverse order, and never a resource that the run found.
///
/// An SSH key that the run added to a system user is removed from the user before the key itself is deleted.
struct UndoRecipe {
    /// The text of the recipe.
    let text: String
    /// Descriptions of changes that the recipe does not undo.
    let kept: [String]
    private let lines: [String]

    /// Writes the recipe for a run with its journal entries.
    init(_ run: RunID, _ entries: [JournalEntry]) {
        var lines: [String] = []
        var kept: [String] = []
        var gone: Set<String> = []
        for entry in entries.reversed() where entry.isChange {
            guard let operation = ServerPilot.Operation.named(.init(rawValue: entry.operation)) else { continue }
            let (id, made) = (entry.id, entry.repliedID)
            let name = entry.object ?? made ?? "?"
            let wasFound = entry.outcome?.origin == .adopted
            switch operation.effect {
            case .create where wasFound:
                kept.append("\(operation.kind.spokenName) \(name): the run found it and did not create it")
            case .create:
                guard let made, !gone.contains(made) else { continue }
                lines.append("remove(sp.ensure_absent_\(operation.kind), \(Self.quoted(made)))")
            case .delete where operation.removesResource:
                if let id { gone.insert(id) }
                kept.append("\(operation.kind.spokenName) \(name): deleted, which cannot be undone")
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
            -- Delete what run \(run) created, newest first. Dependents are already absent.
            local function remove(ensure_absent, id) ensure_absent{ id = id } end
            \(lines.joined(separator: "\n"))
            """
    }

    /// Whether the recipe deletes nothing.
    var isEmpty: Bool { lines.isEmpty }

    /// Returns the id of the SSH key that a step added to a system user, from the step's intent.
    private static func key(of outcome: JournalEntry, in entries: [JournalEntry]) -> String? {
        entries.last { $0.kind == .intent && $0.step == outcome.step }?.intent?.key?["id"]?.stringValue
    }

    private static func quoted(_ id: String) -> String {
        // Ids contain only letters and digits. Other characters in a reply must not become Lua code.
        "\"\(id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })\""
    }
}
