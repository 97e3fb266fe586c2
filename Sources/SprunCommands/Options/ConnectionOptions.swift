internal import ArgumentParser

/// Options for the account that a command works on.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Use the account of this profile (or SPRUN_PROFILE).", valueName: "name"),
        completion: Completion.profile)
    var profile: String?

    @Option(help: ArgumentHelp("Set the API's URL, with /v1 (or SERVERPILOT_API_URL).", valueName: "url"))
    var endpoint: String?

    @Option(help: ArgumentHelp("Read client_id and api_key from this private file.", valueName: "file"))
    var credentialsFile: String?

    @Option(help: ArgumentHelp("Send at most n requests a second.", valueName: "n"))
    var rate: Double?

    func validate() throws {
        guard let rate else { return }
        guard rate >= 0.01, rate <= 1000 else {
            throw ValidationError("--rate must be from 0.01 to 1000 requests a second, not \(rate)")
        }
    }
}
