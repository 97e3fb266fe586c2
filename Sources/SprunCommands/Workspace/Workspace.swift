internal import Groundwork
internal import RecipeEngine
internal import RecipeLanguage
internal import ServerPilot
internal import ServerPilotClient
internal import SystemPackage

/// The surroundings of a verb: environment, files, journal, recipes.
struct Workspace: Sendable {
    /// A function that watches for signals; `nil` if nothing watches.
    typealias SignalWatching =
        @Sendable (_ lastWords: @escaping @Sendable () -> String, _ onFirst: @escaping @Sendable () -> Void) ->
        SignalWatch?

    /// The environment variables and the working folder.
    let environment: Environment
    /// The kind of store that holds the journal.
    var source: any JournalSource = SQLiteJournal()
    /// Watches for the signals that end a run.
    var watchSignals: SignalWatching = { _, _ in nil }

    /// Returns the workspace of this process.
    static func current() -> Workspace {
        Workspace(environment: .current(), watchSignals: { SignalWatch(lastWords: $0, onFirst: $1) })
    }

    /// The paths of sprun's files.
    ///
    /// - Throws: `CommandFailure` if no home folder is known.
    var paths: Paths { get throws { try Paths(environment) } }

    // MARK: Journal

    /// Opens the journal, and creates it if there is none.
    ///
    /// - Throws: `CommandFailure`, `JournalError`.
    func journal() throws -> Journal {
        let paths = try paths
        do {
            try AtomicFile.makeFolder(paths.state)
        } catch let error as Errno {
            throw CommandFailure(
                "journal_unusable",
                "the folder of the journal '\(paths.journal)' cannot be used: \(error.plainDescription)",
                hint: "--no-journal runs without one; such a run cannot be resumed")
        }
        return Journal(store: try source.open(in: paths), folder: paths.state)
    }

    /// Opens the journal; `nil` if there is none.
    ///
    /// - Throws: `CommandFailure`, `JournalError`.
    func journalIfExists() throws -> Journal? { source.exists(in: try paths) ? try journal() : nil }

    /// Opens the journal.
    ///
    /// - Throws: `CommandFailure`: `unknown_run` if there is none.
    func existingJournal() throws -> Journal {
        guard let journal = try journalIfExists() else {
            throw CommandFailure(
                "unknown_run", "no runs recorded yet; simulated runs, and runs that changed nothing, are not recorded",
                hint: "sprun run FILE")
        }
        return journal
    }

    // MARK: Recipes

    /// The recipes of the working folder.
    var recipes: ProjectRecipes {
        get throws { try ProjectRecipes(environment.folder, cache: paths.cache) }
    }

    /// The recipes of runs without a project, which share a lock.
    var sharedRecipes: ProjectRecipes {
        get throws { try ProjectRecipes(environment.folder, cache: paths.cache, lock: paths.sharedLock) }
    }

    /// Returns the recipes that contain the name: those of the folder, or those of runs without a project.
    func recipes(having name: String) throws -> ProjectRecipes {
        let recipes = try recipes
        return recipes.isRemote(name) && !recipes.has(name) ? try sharedRecipes : recipes
    }

    /// Whether an argument names a recipe, not a run; a run id has only letters and digits.
    func isRecipe(_ name: String) throws -> Bool {
        let recipes = try recipes
        return name.contains(".") || name.contains("/") || recipes.ships(name) || recipes.isRemote(name)
    }

    /// Returns the description in a recipe's header; nothing of the recipe runs.
    ///
    /// - Throws: `CommandFailure`, `RecipeFailure`.
    func describe(_ name: String) async throws -> (description: RecipeDescription, source: RecipeSource) {
        let recipe = try RecipeArguments(code: nil, words: [name], for: "show", in: recipes(having: name))
        let surroundings = try recipe.recipes.surroundings(of: recipe.module, isUnsafe: false)
        return (try await RecipeEngine.describe(recipe.source, surroundings: surroundings), recipe.source)
    }

    // MARK: Account

    /// Returns the API's address: from the option, else the profile, else the variable, else the setting, else
    /// ServerPilot's own.
    ///
    /// A profile's key is sent only to the profile's address, unless the option names another.
    func endpoint(_ option: String?, of found: CredentialSource.Found? = nil) throws -> Endpoint {
        let text =
            try option ?? found?.endpoint ?? environment.nonEmpty("SERVERPILOT_API_URL")
            ?? ConfigurationFile(paths).endpoint
        return try text.map { try Endpoint($0) } ?? .serverPilot
    }

    /// Tests credentials with one request.
    ///
    /// - Returns: The number of servers, and the host of the proxy, if there is one.
    /// - Throws: `ServerPilotError`, `ClientConfigurationError`.
    func test(_ credentials: Credentials, at endpoint: Endpoint) async throws -> (servers: Int, proxy: String?) {
        let transport = try HTTPTransport(
            endpoint: endpoint, credentials: credentials, environment: environment.variables, version: Version.number)
        do throws(ServerPilotError) {
            let servers = try await ServerPilotAccount(transport: transport).servers().count
            await transport.shutdown()
            return (servers, transport.proxy?.host)
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    /// Finds the credentials and their origin.
    ///
    /// - Throws: `CommandFailure`; `no_credentials`, with hints, if there are none.
    func credentials(_ options: ConnectionOptions) async throws -> CredentialSource.Found {
        guard let found = try await credentialSource(options).find() else {
            throw CommandFailure(
                "no_credentials", "no ServerPilot credentials found",
                hint: "'sprun login' saves them; without an account, use sprun run --simulate FILE")
        }
        return found
    }

    /// Finds the credentials, and the address of the API that they belong to.
    ///
    /// - Throws: `CommandFailure`; `no_credentials`, with hints, if there are none.
    func connection(_ options: ConnectionOptions) async throws -> (CredentialSource.Found, Endpoint) {
        // An address that cannot be used is reported before missing credentials.
        _ = try endpoint(options.endpoint)
        let found = try await credentials(options)
        return (found, try endpoint(options.endpoint, of: found))
    }

    /// Returns the search for credentials with these options.
    func credentialSource(_ options: ConnectionOptions? = nil) throws -> CredentialSource {
        CredentialSource(
            environment: environment, paths: try paths, file: options?.credentialsFile, profile: options?.profile)
    }
}
