internal import ArgumentParser
internal import Groundwork

/// Options for deliberate faults in a simulation that others can change while it runs.
struct FaultOptions: ParsableArguments {
    @OptionGroup var plan: FaultPlanOptions

    @Flag(help: "Allow changing faults over HTTP; print a token for it.")
    var control = false

    /// Returns a new token that requests to the control path must carry; `nil` without `--control`.
    ///
    /// The token is a password, so it does not come from the simulation's seed.
    func token() -> Secret<String>? {
        guard control else { return nil }
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        // 40 of 62 characters: 238 bits.
        return Secret(String((0..<40).map { _ in letters.randomElement() ?? "0" }))
    }
}
