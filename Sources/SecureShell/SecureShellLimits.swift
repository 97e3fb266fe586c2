/// Limits of this target, each with its reason.
package enum SecureShellLimits {
    /// Seconds to connect and log in: a distant host takes two seconds, a host that drops packets never answers.
    package static let connectTime = 15
    /// Seconds between ssh's keepalive messages.
    ///
    /// With `aliveCount`, a cut connection is noticed within a minute.
    package static let aliveInterval = 15
    /// Keepalive messages that may stay unanswered.
    package static let aliveCount = 3
    /// Bytes kept of a script's output and of its error output, each: an installer writes some 100 kB.
    package static let keptOutput = 1 << 20
    /// Bytes that ssh and the host may write before the runner's greeting; login messages are among them.
    package static let largestPreamble = 64 << 10
    /// Bytes kept of ssh's standard error, from its end.
    package static let keptMessage = 16 << 10
    /// Characters of an ssh message that are shown, from its end.
    package static let shownMessage = 400
    /// Bytes of a line of the runner's protocol, and of a line of output in progress.
    package static let longestLine = 4096
    /// Reconnections within one call; with their pauses, they cover an outage of half a minute.
    package static let reconnections = 4
    /// The pause before the first reconnection; doubled for each further reconnection.
    package static let reconnectionPause: Duration = .seconds(2)
    /// The time limit for ending a script and for deleting its output.
    package static let besideTime: Duration = .seconds(40)
    /// The time limit for copying one file: 16 MiB over a slow line.
    package static let copyTime: Duration = .seconds(300)
    /// Bytes that `ssh-keyscan` and `ssh -G` may write.
    package static let largestListing = 256 << 10
}
