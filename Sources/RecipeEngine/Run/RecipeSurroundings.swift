public import LuaHost
public import RecipeLanguage
public import ServerPilot

/// The services that recipes can use beside the account.
///
/// ```swift
/// func surroundings(web: any WebClient, shell: any RemoteShell, sprunLua: String) -> RecipeSurroundings {
///     RecipeSurroundings(
///         program: "1.0", web: web, shell: shell, outside: .real, isolation: .process(sprunLua))
/// }
/// ```
public struct RecipeSurroundings: Sendable {
    // Large: it is the list of services that a program can provide.
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
    /// How long actions took in earlier runs, by operation; a run checks this early.
    package var durations = ActionDurations()
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
