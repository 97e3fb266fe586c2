public import LuaHost
public import ServerPilot

/// A Lua file that a recipe imports.
public struct RecipeModule: Hashable, Sendable {
    /// The identity of the module, such as the path of its file: import cycles are found by it.
    public var identity: String
    /// The text of the module, with its name in errors.
    public var source: RecipeSource
    /// A digest of the text, in hexadecimal.
    public var digest: String
    /// Whether the module belongs to its importer's project; a file without a header can only be imported from there.
    public var isOfProject: Bool

    /// Creates a module.
    public init(identity: String, source: RecipeSource, digest: String, isOfProject: Bool) {
        self.identity = identity
        self.source = source
        self.digest = digest
        self.isOfProject = isOfProject
    }
}

/// The reason why a module cannot be imported.
public struct RecipeImportFailure: Error, Sendable {
    /// A description of the problem, in one line.
    public var message: String
    /// A suggested remedy.
    public var hint: String?

    /// Creates a failure.
    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}

/// A source of the modules that recipes import.
public protocol RecipeImporter: Sendable {
    /// Returns the module of a name, as written in `import "…"`.
    ///
    /// - Parameters:
    ///   - name: the name.
    ///   - importer: the identity of the importing module; `nil` for the recipe itself.
    /// - Returns: the module.
    /// - Throws: `RecipeImportFailure`.
    func module(_ name: String, for importer: String?) async throws(RecipeImportFailure) -> RecipeModule
}

/// The reason why the addresses of a name are unknown.
public struct NameLookupFailure: Error, Sendable {
    /// A description of the problem, in one line.
    public var message: String

    /// Creates a failure.
    public init(_ message: String) { self.message = message }
}

/// A service that looks up the addresses of names.
public protocol NameLookup: Sendable {
    /// Returns the IPv4 and IPv6 addresses of a name; empty if the name does not exist.
    ///
    /// - Parameter name: the name.
    /// - Returns: the addresses as text.
    /// - Throws: `NameLookupFailure` if no server answers.
    func addresses(of name: String) async throws(NameLookupFailure) -> [String]
}

/// Whether calls outside the account, such as those of `http`, are real or use declared replies.
public enum OutsideWorld: Hashable, Sendable {
    /// Calls are real.
    case real
    /// Calls use the replies that a recipe declares with `planned`, as in a plan and in `--simulate`.
    case declared
}

/// The services that recipes can use beside the account.
public struct RecipeSurroundings: Sendable {
    /// The version of the program that headers may require; empty if it has none.
    public var program: String
    /// The source of imports; `nil` if there is none.
    public var importer: (any RecipeImporter)?
    /// The service that looks up the addresses of names.
    public var names: (any NameLookup)?
    /// The client for requests to APIs other than ServerPilot's.
    public var web: (any WebClient)?
    /// The client for scripts on other hosts.
    public var shell: (any RemoteShell)?
    /// The files of this machine that recipes name.
    public var files: (any LocalFiles)?
    /// Whether calls outside the account are real; while a plan is made, they always use declared replies.
    public var outside: OutsideWorld
    /// With declared replies, lets a server of the account connect, as if an installer had run.
    public var connects: (@Sendable (ServerID) -> Void)?
    /// The resources that earlier runs left unfinished, according to their journals; they do not pass for requested
    /// resources.
    public var failedWork: [FailedWork] = []
    /// Modules beside those of the program; for tests of modules in general.
    var modules: [@Sendable (RunSession, RecipeRealm) -> HostModule] = []
    /// Ends the process when a recipe's computation cannot be stopped from inside; without it, the computation
    /// continues.
    ///
    /// It is called on another thread and receives the failure to report.
    public var overrun: (@Sendable (RecipeFailure) -> Void)?
    /// The place where Lua runs: a separate process, whenever a recipe may come from a stranger.
    public var isolation: LuaIsolation
    /// The memory of this process, which then counts to the memory limit of a run; `nil` to count only Lua's.
    public var processMemory: ProcessMemory?

    /// Creates surroundings; by default, without any services.
    public init(
        program: String = "", importer: (any RecipeImporter)? = nil, names: (any NameLookup)? = nil,
        web: (any WebClient)? = nil, shell: (any RemoteShell)? = nil, files: (any LocalFiles)? = nil,
        outside: OutsideWorld = .declared, overrun: (@Sendable (RecipeFailure) -> Void)? = nil,
        isolation: LuaIsolation = .inProcess, processMemory: ProcessMemory? = nil
    ) {
        self.web = web
        self.shell = shell
        self.files = files
        self.outside = outside
        self.overrun = overrun
        self.isolation = isolation
        self.processMemory = processMemory
        self.program = program
        self.importer = importer
        self.names = names
    }
}
