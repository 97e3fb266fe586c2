internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import RecipeSharing
internal import ServerPilot

/// The changes that a fetch makes, for people: versions, needs and code.
struct FetchReport: Report {
    /// The result of the fetch.
    let result: FetchResult
    /// The recipes before the fetch.
    let recipes: ProjectRecipes

    func lines(on page: Page) -> [String] { [] }

    /// Returns the lines: first the code differences, then the recipes and their needs, because a question follows.
    func notes(on page: Page) async -> [String] {
        let style = page.style
        var lines: [String] = []
        for change in result.changes where change.kind == .updated {
            for file in change.files { lines += self.lines(of: file, style) }
        }
        for change in result.changes {
            let from = change.from.map(Self.words) ?? ""
            let to = change.to.map(Self.words) ?? ""
            switch change.kind {
            case .unchanged: lines.append("  \(change.locator)  \(to)".withoutControls)
            case .added: lines.append(style.green("+ \(change.locator)  \(to)".withoutControls))
            case .removed: lines.append(style.red("- \(change.locator)  \(from)".withoutControls))
            case .updated: lines.append(style.yellow("~ \(change.locator)  \(from) -> \(to)".withoutControls))
            }
            if let note = change.note { lines.append("  note: \(note)".withoutControls) }
            lines += await needs(of: change, style)
        }
        return lines
    }

    private static func words(_ version: SharingChange.Version) -> String {
        let commit = version.commit.map { "commit \($0.description.prefix(12))" }
        return [version.ref, commit].compactMap(\.self).joined(separator: ", ")
    }

    /// Returns the lines about a recipe's needs and how they changed.
    private func needs(of change: SharingChange, _ style: Style) async -> [String] {
        guard change.to != nil, change.kind != .unchanged else { return [] }
        let new: RecipeHeader
        switch await Self.described(change.locator, in: recipes.with(result.lock)) {
        case .success(let header?): new = header
        case .success(nil): return ["    no header: only files beside it can import it"]
        case .failure(let problem): return [style.red("    needs unknown: \("\(problem)".behind("    | "))")]
        }
        guard change.kind == .updated else {
            return new.needLines.map { "    needs \($0)" }
        }
        var old = RecipeNeeds()
        if let from = change.from, case .git(let locator) = change.locator,
            let earlier = try? GitLocator(repository: locator.repository, path: locator.path, ref: from.ref),
            case .success(let header?) = await Self.described(.git(earlier), in: recipes)
        {
            old = header.needs
        }
        return old.subtracting(new.needs).lines.map { style.green("    no longer needs: \($0)") }
            + new.needs.subtracting(old).lines.map { style.red("    now also needs: \($0)") }
    }

    private func lines(of file: SharingChange.File, _ style: Style) -> [String] {
        let name = file.path.withoutControls
        guard !file.wasThere || file.old != nil else {
            return ["    \(name): the earlier version is no longer available"]
        }
        guard file.old != file.new else { return [] }
        let difference = "\(TextDifference(old: file.old ?? [], new: file.new ?? []))"
        return ["    \(name)"]
            + difference.split(separator: "\n").map { line in
                let line = String(line).replacing("\t", with: "    ").withoutControls
                let painted = line.hasPrefix("+") ? style.green(line) : line.hasPrefix("-") ? style.red(line) : line
                return "    " + painted
            }
    }

    /// Returns a recipe's header with its needs, with locked imports; `nil` if the recipe has no header.
    private static func described(
        _ locator: RecipeLocator, in recipes: ProjectRecipes
    ) async -> Result<RecipeHeader?, any Error> {
        guard let module = try? recipes.resolver.resolve("\(locator)") else { return .success(nil) }
        do {
            let surroundings = try recipes.surroundings(of: module, isUnsafe: false)
            let source = RecipeSource(name: module.displayName, text: module.text)
            return .success(try await RecipeEngine.describe(source, surroundings: surroundings).header)
        } catch {
            return .failure(error)
        }
    }

    /// The changes as a JSON object.
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
