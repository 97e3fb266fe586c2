public import LuaHost
public import ServerPilot

/// A file of Lua that a recipe imports.
public struct RecipeModule: Hashable, Sendable {
    /// What tells it from every other, such as the path of its file: imports that go in a circle are found by it.
    public var identity: String
    /// Its text, and what errors call it.
    public var source: RecipeSource
    /// A digest of the text, in hexadecimal.
    public var digest: String
    /// Whether it belongs to the project of who imports it; a file without a header is imported from there only.
    public var isOfProject: Bool

    /// A module.
    public init(identity: String, source: RecipeSource, digest: String, isOfProject: Bool) {
        self.identity = identity
        self.source = source
        self.digest = digest
        self.isOfProject = isOfProject
    }
}

/// Why a module cannot be had.
public struct RecipeImportFailure: Error, Sendable {
    /// What is wrong, in one line.
    public var message: String
    /// What to do about it.
    public var hint: String?

    /// A failure.
    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}

/// Finds what recipes import.
public protocol RecipeImporter: Sendable {
    /// The module of a name, as it is written in `import "…"`.
    ///
    /// - Parameters:
    ///   - name: the name.
    ///   - importer: the identity of the module that imports; `nil` for the recipe itself.
    /// - Returns: the module.
    /// - Throws: `RecipeImportFailure`.
    func module(_ name: String, for importer: String?) async throws(RecipeImportFailure) -> RecipeModule
}

/// Why the addresses of a name are not known.
public struct NameLookupFailure: Error, Sendable {
    /// What is wrong, in one line.
    public var message: String

    /// A failure.
    public init(_ message: String) { self.message = message }
}

/// Finds the addresses of names.
public protocol NameLookup: Sendable {
    /// The addresses of a name, IPv4 and IPv6; none where it does not exist.
    ///
    /// - Parameter name: the name.
    /// - Returns: the addresses as text.
    /// - Throws: `NameLookupFailure` where nobody answers.
    func addresses(of name: String) async throws(NameLookupFailure) -> [String]
}

/// Which world outside of the account a recipe reaches by functions that change it, such as those of `http`.
public enum OutsideWorld: Hashable, Sendable {
    /// The real one.
    case real
    /// None: what a recipe declares as planned is taken for the answer, as in a plan and in `--simulate`.
    case declared
}

/// What surrounds recipes, beside the account.
public struct RecipeSurroundings: Sendable {
    /// The version of the program, to which headers refer; empty where it has none.
    public var program: String
    /// Where imports come from; `nil` where there are none.
    public var importer: (any RecipeImporter)?
    /// Who knows the addresses of names.
    public var names: (any NameLookup)?
    /// The way to others than ServerPilot.
    public var web: (any WebClient)?
    /// The way to other hosts.
    public var shell: (any RemoteShell)?
    /// The files of this machine that recipes name.
    public var files: (any LocalFiles)?
    /// Which world outside of the account there is; while a plan is made it is always the declared one.
    public var outside: OutsideWorld
    /// Where the outside is only declared: lets a server of the account connect, as if an installer had run.
    public var connects: (@Sendable (ServerID) -> Void)?
    /// What earlier runs left unfinished on the account, as their journals tell: it is not taken for what was asked for.
    public var failedWork: [FailedWork] = []
    /// Modules beside those of the program; for tests of what modules are made of.
    var modules: [@Sendable (RunSession, RecipeRealm) -> HostModule] = []
    /// Ends the process when a recipe computes where nothing inside can stop it; without it, it computes on.
    ///
    /// It is called from another thread and gets the failure to report.
    public var overrun: (@Sendable (RecipeFailure) -> Void)?
    /// Where the Lua of recipes runs: in a process of its own wherever a recipe may be a stranger's.
    public var isolation: LuaIsolation

    /// Surroundings; nothing by itself.
    public init(
        program: String = "", importer: (any RecipeImporter)? = nil, names: (any NameLookup)? = nil,
        web: (any WebClient)? = nil, shell: (any RemoteShell)? = nil, files: (any LocalFiles)? = nil,
        outside: OutsideWorld = .declared, overrun: (@Sendable (RecipeFailure) -> Void)? = nil,
        isolation: LuaIsolation = .inProcess
    ) {
        self.web = web
        self.shell = shell
        self.files = files
        self.outside = outside
        self.overrun = overrun
        self.isolation = isolation
        self.program = program
        self.importer = importer
        self.names = names
    }
}
