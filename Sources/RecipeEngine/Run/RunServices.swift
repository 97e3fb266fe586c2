internal import Groundwork
internal import ServerPilot

/// The services of a run: its connection to the account, its clock, and what its caller provides.
struct RunServices: Sendable {
    let transport: any Transport
    let time: any TimeSource
    let limits: RunLimits
    let random: @Sendable () -> UInt64
    /// Stores each generated secret before the recipe gets it.
    let keepSecret: SecretKeeper
    /// Confirms deletions; `nil` if none need to be confirmed.
    let mayDelete: DeletionQuestion?
    /// The services beside the account.
    let surroundings: RecipeSurroundings
}
