/// How far this target goes before it gives up, each with its reason.
package enum SecureShellLimits {
    /// To connect and log in: a host far away takes two seconds, one that drops packets never answers.
    package static let connectTime = 15
    /// Between signs of life that ssh asks for, in seconds, and how many may stay away: a connection that was cut is
    /// noticed within a minute.
    package static let aliveInterval = 15
    /// See `aliveInterval`.
    package static let aliveCount = 3
    /// What is kept of the output and of the error output of a script, in bytes each: an installer writes some 100 kB.
    package static let keptOutput = 1 << 20
    /// What ssh and the host may say before the runner greets; a host's own texts are among it.
    package static let largestPreamble = 64 << 10
    /// What is kept of what ssh says on its standard error, in bytes, from the end.
    package static let keptMessage = 16 << 10
    /// How much of what ssh says is shown.
    package static let shownMessage = 400
    /// A line of the runner's, and a line of output in progress, in bytes.
    package static let longestLine = 4096
    /// How often a connection that was lost is made again within one call: a line that is cut is back within half a minute.
    package static let reconnections = 4
    /// Before the first of these, doubled each time.
    package static let reconnectionPause: Duration = .seconds(2)
    /// For what is done beside a script: ending it, forgetting it, asking for a host's key.
    package static let besideTime: Duration = .seconds(40)
    /// For one file to be copied: 16 MiB over a slow line.
    package static let copyTime: Duration = .seconds(300)
    /// What ssh-keyscan and `ssh -G` may write.
    package static let largestListing = 256 << 10
}
