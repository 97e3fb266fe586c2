public import DurableSteps
public import LuaHost

/// The limits of a run.
///
/// Every limit that a caller can change is here, with its reason.
public struct RunLimits: Sendable {
    // Large: it is the list of limits, each set apart from the others.
    /// The limits of the recipe's Lua: memory, CPU time, sizes.
    public var lua = LuaHostLimits()
    /// The default time limit of `sp.wait`.
    ///
    /// Creating an app takes seconds to minutes. Other clients in the field make the mistake of waiting without a
    /// limit.
    public var wait: Duration = .seconds(600)
    /// The most actions of one `sp.wait`: sprun holds some hundred bytes for each.
    public var waits = 50_000
    /// The longest sleep and the longest time limit that a recipe can set: a day.
    ///
    /// A week would be a mistake in the unit.
    public var longestWait: Duration = .seconds(86_400)
    /// The time limit for a server's installer, its first connection and its first work together: half an hour.
    ///
    /// The installer takes some minutes, and many on a small machine that has just booted.
    public var connection: Duration = .seconds(1800)
    /// The number of tries of a read that gets no reply.
    public var failedReads = 3
    /// The pause between the tries of a read that gets no reply.
    public var readPause: Duration = .seconds(1)
    /// The maximum age of a list that shows which resources existed before a create.
    ///
    /// It is long enough that a recipe which creates a thousand sites does not list them a thousand times. It is short
    /// enough that few changes by others fall into it.
    public var listAge: Duration = .seconds(60)
    /// The number of consecutive failed polls of an action at which the wait fails.
    ///
    /// Reads are safe to repeat, and one lost reply in a ten-minute wait must not end the run.
    public var failedPolls = 5

    /// The default time limit of a request to another API, redirects included.
    public var webTime: Duration = .seconds(30)
    /// The longest time limit that a recipe can set for such a request: recipes poll for slow work instead of holding a
    /// request.
    public var longestWebTime: Duration = .seconds(600)

    /// The default time limit of a script on another host: ServerPilot's installer takes some minutes.
    public var shellTime: Duration = .seconds(1800)
    /// The pause between tries to reach a host that does not answer yet.
    public var shellPause: Duration = .seconds(5)
    /// The time limit of each such try, for a host that accepts the connection and then stays silent.
    public var shellProbe: Duration = .seconds(60)
    /// The maximum size of a request body to another API, in bytes: user data of machines and scripts have some ten
    /// KiB.
    public var webRequestBytes = 8 << 20

    /// The retry policy for failed journal writes, after which the run stops.
    public var journalPatience = JournalPatience()

    /// The time limit for the journal to record the end of a run that can be stopped only by ending its process.
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
