internal import OrderedCollections
internal import RecipeEngine
internal import RecipeSharing
internal import ServerPilot

/// What getting recipes changes, for people: versions, needs, code.
struct ChangeText {
    private let result: FetchResult
    private let style: Style

    init(_ result: FetchResult, _ style: Style) {
        self.result = result
        self.style = style
    }

    /// The lines.
    func lines() async -> [String] {
        var lines: [String] = []
        for change in result.changes {
            let from = change.from.map(Self.words) ?? ""
            let to = change.to.map(Self.words) ?? ""
            switch change.kind {
            case .unchanged: lines.append("  \(change.locator)  \(to)")
            case .added: lines.append(style.green("+ \(change.locator)  \(to)"))
            case .removed: lines.append(style.red("- \(change.locator)  \(from)"))
            case .updated: lines.append(style.yellow("~ \(change.locator)  \(from) -> \(to)"))
            }
            if let note = change.note { lines.append("  note: \(note)") }
            for file in change.files { lines += await self.lines(of: file, change.kind) }
        }
        return lines
    }

    private static func words(_ version: SharingChange.Version) -> String {
        let commit = version.commit.map { "commit \($0.description.prefix(12))" }
        return [version.ref, commit].compactMap(\.self).joined(separator: ", ")
    }

    private func lines(of file: SharingChange.File, _ kind: SharingChange.Kind) async -> [String] {
        let (old, new) = (await Self.needs(file.old), await Self.needs(file.new))
        var lines: [String] = []
        if let new {
            let more = new.subtracting(old ?? RecipeNeeds()).all
            if old == nil, kind == .added {
                lines.append(
                    "    needs \(new.lines.isEmpty ? "nothing: it only reads" : new.lines.joined(separator: "; "))")
            } else {
                lines += more.map { style.red("    needs more: \($0.words)") }
                lines += (old ?? RecipeNeeds()).subtracting(new).all.map {
                    style.green("    needs no more: \($0.words)")
                }
            }
        }
        if kind == .updated {
            if file.wasThere, file.old == nil {
                lines.append(
                    "    \(file.path.withoutControls): the bytes of the earlier version are not there any more")
            } else if file.old != file.new {
                lines.append("    \(file.path.withoutControls)")
                let difference = "\(TextDifference(old: file.old ?? [], new: file.new ?? []))"
                lines += difference.split(separator: "\n").map { line in
                    let line = String(line).withoutControls
                    let painted = line.hasPrefix("+") ? style.green(line) : line.hasPrefix("-") ? style.red(line) : line
                    return "    " + painted
                }
            }
        }
        return lines
    }

    /// What a file says that it needs; `nil` where it has no header, or one that cannot be read by itself.
    private static func needs(_ text: [UInt8]?) async -> RecipeNeeds? {
        guard let text, RecipeText(text).hasHeader else { return nil }
        return try? await RecipeEngine.describe(
            RecipeSource(name: "it", text: text), surroundings: RecipeSurroundings(importer: NoImports())
        ).header?.needs
    }

    /// For programs.
    var json: JSONValue {
        let changes = result.changes.map { change -> JSONValue in
            [
                "locator": .string("\(change.locator)"), "change": .string(change.kind.rawValue),
                "from": change.from.map(Self.json) ?? .null, "to": change.to.map(Self.json) ?? .null,
                "files": .array(change.files.map { .string($0.path) }),
            ]
        }
        return ["format_version": 1, "changes": .array(changes)]
    }

    private static func json(_ version: SharingChange.Version) -> JSONValue {
        ["ref": .string(version.ref), "commit": version.commit.map { .string("\($0)") } ?? .null]
    }
}

/// For a header that is looked at by itself: every import is an empty library.
private struct NoImports: RecipeImporter {
    func module(_ name: String, for importer: String?) async throws(RecipeImportFailure) -> RecipeModule {
        let text =
            "return setmetatable({}, { __index = function() return function() end end, __call = function() end })"
        return RecipeModule(
            identity: name, source: RecipeSource(name: name, text: Array(text.utf8)), digest: "", isOfProject: true)
    }
}
