internal import ArgumentParser

/// `sprun profiles`.
struct ProfilesCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "profiles",
        abstract: "List the profiles: named ServerPilot accounts.",
        usage: """
            sprun profiles
            sprun login --profile client-a
            sprun run --profile client-a inventory
            sprun profiles --remove client-a
            """,
        discussion: """
            --profile selects a profile for one command, and SPRUN_PROFILE for a shell. The key 'profile' in \
            sprun.toml selects it for a folder, and in config.toml for everything else. A * marks the profile that \
            commands in this folder use.
            """)

    @Option(
        help: ArgumentHelp("Delete the credentials of this profile.", valueName: "name"),
        completion: Completion.profile)
    var remove: String?

    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let paths = try workspace.paths
        let profiles = try Profile.all(paths)
        if let remove {
            try Profile.check(remove)
            let path = paths.profile(remove)
            guard PrivateFile.exists(path) else {
                throw CommandFailure(
                    "no_credentials", "there is no profile '\(remove)' that sprun saved",
                    hint: "sprun profiles lists the profiles; entries of config.toml are yours to remove")
            }
            PrivateFile(path: path).remove()
            reporter.note("deleted \(path)")
            return .done
        }
        await reporter.show(
            ProfileList(profiles: profiles, selected: try workspace.credentialSource().selectedProfile?.name))
        return .done
    }
}
