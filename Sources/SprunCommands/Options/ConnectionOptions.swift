internal import ArgumentParser

/// Options for the account that a command works on.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The API's address with /v1 (or SERVERPILOT_API_URL).", valueName: "url"))
    var endpoint: String?

    @Option(
        help: ArgumentHelp("A private file with client_id and api_key.", valueName: "file"))
    var credentialsFile: String?
}
