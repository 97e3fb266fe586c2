public import DurableSteps
public import LuaHost

/// The limits of a run.
///
/// Every limit that a caller can change is here, with its reason.
///
/// ```swift
/// var limits = RunLimits()
/// limits.wait = .seconds(1200)
/// limits.deletions = 0  // the run may delete nothing
/// limits.lua.memory = 64 << 20
/// ```
public struct RunLimits: Sendable {
    // Large: it is the list of limits, each set apart from the others.
    /// The limits of the recipe's Lua: memory, CPU time, sizes.
    public var lua = LuaHostLimits()
    /// The default time limit of `sp.wait`; ten minutes by default.
    ///
    /// Creating an app takes seconds to minutes. Other clients in the field make the mistake of waiting without a
    /// limit.
    public var wait: Duration = .seconds(600)
    /// The most actions of one `sp.wait`, 50,000 by default: sprun holds some hundred bytes for each.
    public var waits = 50_000
    /// The longest sleep and the longest time limit that a recipe can set: a day.
    ///
    /// A week would be a mistake in the unit.
    public var longestWait: Duration = .seconds(86_400)
    /// The time limit for a server's installer, its first connection and its first work together: half an hour.
    ///
    /// The installer takes some minutes, and many on a small machine that has just booted.
    public var connection: Duration = .seconds(1800)
    /// The number of tries of a read that gets no reply, the first included; 3 by default.
    public var failedReads = 3
    /// The pause between the tries of a read that gets no reply; a second by default.
    public var readPause: Duration = .seconds(1)
    /// The maximum age of a list that shows which resources existed before a create; a minute by default.
    ///
    /// It is long enough that a recipe which creates a thousand sites does not list them a thousand times. It is short
    /// enough that few changes by others fall into it.
    public var listAge: Duration = .seconds(60)
    /// The number of consecutive failed polls of an action at which the wait fails; 5 by default.
    ///
    /// Reads are safe to repeat, and one lost reply in a ten-minute wait must not end the run.
    public var failedPolls = 5

    /// The default time limit of a request to another API, redirects included; 30 seconds by default.
    public var webTime: Duration = .seconds(30)
    /// The longest time limit that a recipe can set for such a request; ten minutes by default.
    ///
    /// Recipes poll for slow work instead of holding a request.
    public var longestWebTime: Duration = .seconds(600)

    /// The default time limit of a script on another host, half an hour by default: ServerPilot's installer takes some
    /// minutes.
    public var shellTime: Duration = .seconds(1800)
    /// The pause between tries to reach a host that does not answer yet; 5 seconds by default.
    public var shellPause: Duration = .seconds(5)
    /// The time limit of each such try, for a host that accepts the connection and then stays silent; a minute by
    /// default.
    public var shellProbe: Duration = .seconds(60)
    /// The maximum size of a request body to another API, in bytes; 8 MiB by default.
    ///
    /// User data of machines and scripts have some ten KiB.
    public var webRequestBytes = 8 << 20

    /// The retry policy for failed journal writes, after which the run stops.
    public var journalPatience = JournalPatience()

    /// The reads that a run keeps in memory until its next change, in bytes; 64 MiB by default.
    ///
    /// Beyond it, the run writes them into the journal, even before its first change.
    public var keptReads = 64 << 20

    /// The time limit for the journal to record the end of a run that can be stopped only by ending its process; by default
    /// 200 ms.
    public var lastWords: Duration = .milliseconds(200)

    /// The maximum number of creations in a run; `nil` for no limit besides those of recipes.
    public var creations: Int?

    /// The maximum number of resources that a run deletes, including those deleted with others; `nil` for no limit
    /// besides those of recipes.
    public var deletions: Int?

    /// The maximum number of questions about one deletion, repeated because more was found right before sending.
    static let deletionQuestions = 5

    /// Creates the default limits.
    public init() {}
}
