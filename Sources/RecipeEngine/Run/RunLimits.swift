public import LuaHost

/// What a run may use.
///
/// Every limit of the engine stands here with its reason.
public struct RunLimits: Sendable {
    /// What the Lua of the recipe may use: memory, CPU, sizes.
    public var lua = LuaHostLimits()
    /// How long `sp.wait` waits when it is told nothing.
    ///
    /// Creating an app takes seconds to minutes; a wait without an end is what the field's other clients get wrong.
    public var wait: Duration = .seconds(600)
    /// The longest sleep and the longest time limit that a recipe can ask for: a day.
    ///
    /// A week is a mistake in a unit.
    public var longestWait: Duration = .seconds(86_400)
    /// How long a server's installer, its first connection and its first work may take together.
    ///
    /// Half an hour: the installer takes some minutes, and on a small machine that just boots many.
    public var connection: Duration = .seconds(1800)
    /// Reads that may fail one after the other without an answer, and the pause between them.
    public var failedReads = 3
    /// Between reads that got no answer.
    public var readPause: Duration = .seconds(1)
    /// A list may be so old when it says what was there before a create: long enough that a recipe which makes a
    /// thousand sites does not list them a thousand times, short enough that few rivals fall into it.
    public var listAge: Duration = .seconds(60)
    /// Polls of an action that may fail one after the other before the wait gives up.
    ///
    /// Reading is harmless to repeat, and one lost reply in a ten-minute wait must not end the run.
    public var failedPolls = 5

    /// For a request to others when it is told nothing, redirects included.
    public var webTime: Duration = .seconds(30)
    /// The longest that a recipe can ask for: slow work elsewhere is waited for by asking again, and not in one request.
    public var longestWebTime: Duration = .seconds(600)

    /// For a script on another host when it is told nothing: ServerPilot's installer takes some minutes.
    public var shellTime: Duration = .seconds(1800)
    /// Between tries to reach a host that does not answer yet, and for one that connects and then says nothing.
    public var shellPause: Duration = .seconds(5)
    /// See `shellPause`.
    public var shellProbe: Duration = .seconds(60)
    /// Bytes of the body of a request to others: user data of machines and scripts have some ten KiB.
    public var webRequestBytes = 8 << 20

    /// How often what the journal could not write is tried again before the run stops.
    public var journalPatience = JournalPatience()

    /// How long the journal may take to note the end of a run that cannot be stopped otherwise than by its process.
    public var lastWords: Duration = .milliseconds(200)

    /// So much a run may create; `nil` for no limit of its own.
    public var creations: Int?

    /// So much a run may delete; `nil` for no limit of its own.
    public var deletions: Int?

    /// The defaults.
    public init() {}
}
