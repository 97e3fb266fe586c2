internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import RunJournal

/// A run of the journal to be resumed.
struct ResumedRun {
    let overview: RunOverview
    let record: [JournalEntry]

    /// Finds the run.
    ///
    /// - Parameters:
    ///   - name: The run's id or a unique prefix of it; `nil` for the newest open run.
    ///   - store: The journal.
    /// - Throws: `CommandFailure`: `unknown_run`.
    init(_ name: String?, in store: SQLiteRunStore) async throws {
        let runs: [RunOverview]
        do throws(JournalError) { runs = try await store.runs() } catch { throw CommandFailure(error) }
        if let name {
            overview = try Self.find(name, in: runs)
            guard overview.status.isOpen else {
                let end = overview.status == .undone ? "was undone" : "has come to its end"
                throw CommandFailure(
                    "unknown_run", "the run \(overview.header.id) \(end): there is nothing to resume",
                    hint: "sprun show \(overview.header.id); its result goes to a file with --result FILE")
            }
        } else {
            guard let last = runs.first(where: { $0.status.isOpen }) else {
                throw CommandFailure("unknown_run", "no run is unfinished", hint: "sprun runs")
            }
            overview = last
        }
        record = try await Self.entries(of: overview, in: store)
    }

    /// Returns any run by its id or a unique prefix, even a finished run, with its entries.
    ///
    /// - Throws: `CommandFailure`: `unknown_run`.
    static func recorded(
        _ name: String, in store: SQLiteRunStore
    ) async throws -> (overview: RunOverview, entries: [JournalEntry]) {
        let runs: [RunOverview]
        do throws(JournalError) { runs = try await store.runs() } catch { throw CommandFailure(error) }
        let overview = try find(name, in: runs)
        return (overview, try await entries(of: overview, in: store))
    }

    /// Returns the result of a finished run; `nil` if the run is not finished.
    ///
    /// - Throws: `CommandFailure`: `unknown_run`, also if the journal contains no result for the run.
    static func result(_ name: String, in store: SQLiteRunStore) async throws -> JSONValue? {
        let (overview, entries) = try await recorded(name, in: store)
        guard overview.status == .done else { return nil }
        guard let result = entries.result else {
            throw CommandFailure(
                "unknown_run", "the journal holds no result of run \(overview.header.id)",
                hint: "it gave none, or an older sprun ran it; its secrets: sprun show \(overview.header.id) --reveal")
        }
        return result
    }

    /// Returns the work that open runs of an account created and left unfinished.
    ///
    /// - Throws: `CommandFailure`.
    static func failedWork(
        on account: String, but current: RunID? = nil, in store: SQLiteRunStore
    ) async throws -> [FailedWork] {
        let runs: [RunOverview]
        do throws(JournalError) { runs = try await store.runs() } catch { throw CommandFailure(error) }
        // A finished run is left out: its recipe saw the failure and continued.
        let open = runs.lazy.filter {
            $0.header.account == account && $0.status.isOpen && $0.header.id != current
        }.prefix(mostOpenRuns)
        var work: [FailedWork] = []
        for run in open { work += try await entries(of: run, in: store).failedWork(of: run.header.id) }
        return work
    }

    /// The number of open runs that are searched for unfinished work: the newest, which the user still remembers.
    private static let mostOpenRuns = 50

    /// Returns a run's recipe with the run's parameters; reads the current file if the journal has no text.
    static func recipe(
        of header: RunHeader, _ record: [JournalEntry], in recipes: ProjectRecipes
    ) throws -> RecipeArguments {
        try RecipeArguments(
            name: header.recipe, text: record.recipeText,
            parameters: Dictionary(uniqueKeysWithValues: header.parameters.map { ($0.key, $0.value) }), in: recipes)
    }

    private static func entries(of run: RunOverview, in store: SQLiteRunStore) async throws -> [JournalEntry] {
        do throws(JournalError) {
            return try await store.entries(of: run.header.id)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Returns the run with this id, or the only run whose id begins with it.
    ///
    /// - Throws: `CommandFailure`: `unknown_run`.
    private static func find(_ name: String, in runs: [RunOverview]) throws -> RunOverview {
        let matches = runs.filter { $0.header.id.rawValue.hasPrefix(name) }
        if let exact = matches.first(where: { $0.header.id.rawValue == name }) { return exact }
        guard let match = matches.first, matches.count == 1, !name.isEmpty else {
            let nearest = runs.map(\.header.id.rawValue).nearest(to: name)
            throw CommandFailure(
                "unknown_run", matches.isEmpty ? "there is no run '\(name)'" : "several runs begin with '\(name)'",
                hint: nearest.map { "did you mean \($0)? 'sprun runs' lists all" } ?? "sprun runs lists all")
        }
        return match
    }

    /// Returns the plan that the run must follow; `nil` if it follows none.
    ///
    /// - Throws: `CommandFailure`, `plan_unusable`: the run must not continue without its plan.
    func plan() throws -> Plan? {
        do throws(Plan.DocumentError) {
            return try record.plan()
        } catch {
            throw CommandFailure(
                "plan_unusable",
                "the plan that run \(overview.header.id) follows was written by another version of sprun, or is damaged",
                hint: "resume the run with the sprun that began it (\(overview.header.program)), or take it back: "
                    + "sprun undo \(overview.header.id)")
        }
    }

    /// Returns the current recipe of the run.
    ///
    /// - Throws: `CommandFailure`: `recipe_changed`, `unreadable_file`.
    func recipe(
        in store: SQLiteRunStore, acceptsChange: Bool, of recipes: ProjectRecipes
    ) throws -> RecipeArguments {
        let header = overview.header
        let recipe = try Self.recipe(of: header, record, in: recipes)
        guard !acceptsChange else { return recipe }
        guard store.digest(recipe.source.text) == header.recipeDigest else {
            throw CommandFailure(
                "recipe_changed", "the recipe '\(header.recipe)' is not the one that run \(header.id) began with",
                hint: "put it back; or, if what it did so far is the same: --accept-recipe-change")
        }
        guard header.lua == LuaHost.luaVersion, header.program == Version.number else {
            throw CommandFailure(
                "recipe_changed",
                "run \(header.id) began with sprun \(header.program) and \(header.lua), and this is sprun "
                    + "\(Version.number) and \(LuaHost.luaVersion)",
                hint: "use those; or, if what the recipe does is the same with these: --accept-recipe-change")
        }
        return recipe
    }
}
