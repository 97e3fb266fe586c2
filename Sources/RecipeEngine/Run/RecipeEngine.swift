public import DurableSteps
public import Groundwork
internal import LuaHost
public import RecipeLanguage
public import ServerPilot

/// A function that stores a generated secret under its name.
///
/// If it throws, the recipe does not get the secret. So no password comes into use that cannot be found again.
public typealias SecretKeeper = @Sendable (_ name: String, _ secret: Secret<String>) throws -> Void

/// An engine that runs recipes: Lua 5.4 with the functions of `sp`, against any `Transport`.
///
/// ```swift
/// func run(_ text: String, on transport: any Transport, clock: any TimeSource) async throws -> RecipeOutcome {
///     let engine = RecipeEngine(transport: transport, time: clock, random: { .random(in: .min ... .max) }) { event in
///         if case .printed(let line) = event { print(line) }
///     }
///     let source = RecipeSource(name: "site.lua", text: Array(text.utf8))
///     return try await engine.start(source, parameters: ["server": "www1"]).finish()
/// }
/// ```
public struct RecipeEngine: Sendable {
    // Large: all but three arguments have defaults.
    private let services: RunServices
    private let redactor: Redactor
    private let events: @Sendable (RunEvent) -> Void

    /// Creates an engine.
    ///
    /// - Parameters:
    ///   - transport: the connection to the account.
    ///   - time: the clock, real or virtual.
    ///   - limits: the limits of a run.
    ///   - random: the source of random numbers and generated secrets; it must be cryptographically secure.
    ///   - keepSecret: stores each generated secret before the recipe gets it.
    ///   - mayDelete: asks about each deletion; if `nil`, the run deletes without asking.
    ///   - surroundings: the source of imports, and the other services that recipes can use beside the account.
    ///   - redactor: the secrets to remove from all output, beside those that the run itself learns: the account's own
    ///     credentials.
    ///   - events: receives all events in order, on the run's actor; it should return soon.
    public init(
        transport: any Transport, time: any TimeSource, limits: RunLimits = RunLimits(),
        random: @escaping @Sendable () -> UInt64, keepSecret: @escaping SecretKeeper = { _, _ in },
        mayDelete: DeletionQuestion? = nil, surroundings: RecipeSurroundings = RecipeSurroundings(),
        redactor: Redactor = Redactor(), events: @escaping @Sendable (RunEvent) -> Void
    ) {
        services = RunServices(
            transport: transport, time: time, limits: limits, random: random, keepSecret: keepSecret,
            mayDelete: mayDelete, surroundings: surroundings)
        self.redactor = redactor
        self.events = events
    }

    /// Prepares a run without executing any of the recipe.
    ///
    /// - Parameters:
    ///   - source: the recipe.
    ///   - parameters: the values of the header's parameters, or the content of `sp.params` for a plain script.
    ///   - journaled: the journal, with the entries of earlier executions; `nil` for a run without a journal.
    ///   - header: the header as it was read before; a recipe with a different header is refused. `nil` accepts any.
    ///   - purpose: whether the run is live, which is the default, or follows a plan.
    ///   - changes: an earlier run's changes outside the account, to be taken back; the engine then calls the recipe's
    ///     `undo` instead of its `run`.
    /// - Returns: the run, to be finished.
    /// - Throws: `RecipeFailure` if Lua cannot be set up. Mistakes in the recipe or the parameters end the run itself.
    public func start(
        _ source: RecipeSource, parameters: [String: String], journaled: JournaledRun? = nil,
        header: RecipeHeader? = nil, purpose: RunPurpose = .live, undoing changes: [OutsideChange]? = nil
    ) throws(RecipeFailure) -> RecipeRun {
        let session = RunSession(
            services, journaled: journaled, purpose: purpose, output: RunOutput(redactor, events: events))
        let (limits, surroundings) = (services.limits, services.surroundings)
        let overrun = surroundings.overrun.map { tell in { @Sendable error in session.overran(error, tell) } }
        let configuration = LuaHostConfiguration(
            limits: limits.lua, seed: journaled?.header.seed ?? purpose.seed ?? services.random(),
            activity: session.steps,
            overrun: overrun, processMemory: surroundings.processMemory,
            stringMethods: [session.reveal], isolation: surroundings.isolation,
            print: { session.output.emit(.printed($0)) })
        do throws(LuaError) {
            let host = try LuaHost(configuration: configuration)
            // Capture the host weakly: it holds the functions of `sp`, and those hold the session.
            session.setCanceller { [weak host] in host?.cancel() }
            session.steps.setOnDivergence { [weak session] reason in _ = session?.stop(RunStop(reason)) }
            return RecipeRun(
                host: host, session: session, source: source, header: header,
                loader: RecipeLoader(session, surroundings, parameters: parameters), parameters: parameters,
                undoing: changes)
        } catch {
            throw session.failure(error, in: [source])
        }
    }
}
