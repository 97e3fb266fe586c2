internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// The recipe that takes away what a run has made: in reverse order, and never what it found.
struct UndoRecipe {
    /// The recipe.
    let text: String
    /// Changes that it does not take back, in words.
    let kept: [String]

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
            let name = entry.body["object"]?.stringValue ?? data["id"]?.stringValue ?? "?"
            switch operation.effect {
            case .create where entry.body["by"]?.stringValue == "adopted":
                kept.append("\(operation.kind.spokenName) \(name): it was found, not made")
            case .create:
                guard let id = data["id"]?.stringValue, !gone.contains(id) else { continue }
                lines.append("remove(sp.find_\(operation.kind), sp.delete_\(operation.kind), \(Self.quoted(id)))")
            case .delete:
                gone.insert(name)
                kept.append("\(operation.kind.spokenName) \(name): deleted, and cannot be brought back")
            case .update: kept.append("sp.\(operation.name) \(name)")
            case .read: continue
            }
        }
        self.kept = kept
        text = """
            -- What run \(run) has made, the newest first.
            local function remove(find, delete, id)
                -- It may have gone with what it was in.
                if find{ id = id } then sp.wait(delete(id)) end
            end
            \(lines.joined(separator: "\n"))
            """
    }

    /// Whether there is nothing to take away.
    var isEmpty: Bool { !text.contains("remove(sp.") }

    private static func quoted(_ id: String) -> String {
        // Ids are letters and digits; whatever else a reply held must not become Lua.
        "\"\(id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })\""
    }
}
