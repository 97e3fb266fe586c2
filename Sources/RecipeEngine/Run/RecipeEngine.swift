internal import LuaHost
public import ServerPilot

/// Keeps a secret that a recipe generates, by its name.
///
/// When it throws, the recipe does not get the secret, so that no password comes into use that nobody can find again.
public typealias SecretKeeper = @Sendable (_ name: String, _ secret: Secret<String>) throws -> Void

/// Runs recipes: Lua 5.4 with the functions of `sp`, against whatever stands behind a `Transport`.
///
/// ```swift
/// let engine = RecipeEngine(transport: transport, time: clock, random: { .random(in: .min ... .max) }) { event in
///     if case .printed(let line) = event { print(line) }
/// }
/// let run = try engine.start(RecipeSource(name: "site.lua", text: text), parameters: ["server": "www1"])
/// let outcome = try await run.finish()
/// ```
public struct RecipeEngine: Sendable {
    private let transport: any Transport
    private let time: any TimeSource
    private let limits: RunLimits
    private let random: @Sendable () -> UInt64
    private let keepSecret: SecretKeeper
    private let mayDelete: DeletionQuestion?
    private let redactor: Redactor
    private let surroundings: RecipeSurroundings
    private let events: @Sendable (RunEvent) -> Void

    /// An engine.
    ///
    /// - Parameters:
    ///   - transport: the way to the account.
    ///   - time: the clock, real or virtual.
    ///   - limits: what a run may use.
    ///   - random: where random numbers and generated secrets come from; it must be fit for secrets.
    ///   - keepSecret: gets each secret that a recipe generates before the recipe does, to keep it safe.
    ///   - mayDelete: is asked before each deletion; without one nothing is asked.
    ///   - surroundings: where imports come from, and what else recipes can ask beside the account.
    ///   - redactor: what must appear in nothing that a run says, beside what the run itself learns: the account's own
    ///     credentials.
    ///   - events: is told what happens, in order, on the run's actor; it should return soon.
    public init(
        transport: any Transport, time: any TimeSource, limits: RunLimits = RunLimits(),
        random: @escaping @Sendable () -> UInt64, keepSecret: @escaping SecretKeeper = { _, _ in },
        mayDelete: DeletionQuestion? = nil, surroundings: RecipeSurroundings = RecipeSurroundings(),
        redactor: Redactor = Redactor(), events: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.surroundings = surroundings
        self.transport = transport
        self.time = time
        self.limits = limits
        self.random = random
        self.keepSecret = keepSecret
        self.mayDelete = mayDelete
        self.redactor = redactor
        self.events = events
    }

    /// Prepares a run; nothing of the recipe has run yet.
    ///
    /// - Parameters:
    ///   - source: the recipe.
    ///   - parameters: what it is given: the header's parameters, or what a plain script sees in `sp.params`.
    ///   - journaled: where the run is written down, and what an earlier life of it wrote; `nil` for one that is not.
    ///   - header: what the recipe said of itself when it was looked at; a run of another header is refused.
    ///   - purpose: whether it is the run itself, the making of a plan, or the run that follows one.
    ///   - changes: what an earlier run of the recipe did outside of the account, which is to be taken back: then it is not
    ///     the recipe's `run` that is called but its `undo`.
    /// - Returns: the run, to be finished.
    /// - Throws: `RecipeFailure` when Lua cannot be set up.
    public func start(
        _ source: RecipeSource, parameters: [String: String], journaled: JournaledRun? = nil,
        header: RecipeHeader? = nil, purpose: RunPurpose = .live, undoing changes: [OutsideChange]? = nil
    ) throws(RecipeFailure) -> RecipeRun {
        let session = RunSession(
            transport: transport, time: time, limits: limits, random: random,
            recorder: RunRecorder(journaled, patience: limits.journalPatience, time: time),
            purpose: purpose, mayDelete: mayDelete, outside: surroundings.outside, shell: surroundings.shell,
            files: surroundings.files, connects: surroundings.connects,
            failedWork: surroundings.failedWork, redactor: redactor, keepSecret: keepSecret, events: events)
        let overrun = surroundings.overrun.map { tell in { @Sendable in session.overran(tell) } }
        let configuration = LuaHostConfiguration(
            limits: limits.lua, seed: journaled?.header.seed ?? purpose.seed ?? random(),
            activity: session.recorder.activity(over: TimeActivity(time: time)),
            overrun: overrun, isolation: surroundings.isolation, print: { session.emit(.printed($0)) })
        do throws(LuaError) {
            let host = try LuaHost(configuration: configuration)
            // Weakly: the host holds the functions of sp, and those the session.
            session.setCanceller { [weak host] in host?.cancel() }
            session.recorder.setStop { [weak session] reason in _ = session?.stop(reason) }
            return RecipeRun(
                host: host, session: session, source: source, header: header,
                loader: RecipeLoader(session, surroundings, parameters: parameters), parameters: parameters,
                undoing: changes)
        } catch {
            throw RecipeFailure(error, sources: [source], redactor: session.redactor, summary: session.summary)
        }
    }
}
