internal import ArgumentParser
internal import Groundwork
internal import OrderedCollections
internal import RecipeSharing
internal import SystemPackage

/// `sprun vendor`.
struct VendorCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "vendor",
        abstract: "Copy all locked recipes into the vendor folder.",
        usage: "sprun vendor",
        discussion: """
            For use without a network, and for review. Runs prefer these copies, and reject a copy that differs from \
            sprun.lock.
            """)

    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let folder = workspace.environment.folder.appending("vendor")
        let files = try workspace.recipes.resolver.vendor(into: folder).map(\.string)
        await reporter.show(
            Listing(
                output: files.map { "vendor/\($0)" },
                error: files.isEmpty ? ["sprun.lock has no recipes: sprun get LOCATOR"] : [],
                json: ["format_version": 1, "files": .array(files.map { .string($0) })]))
        return .done
    }
}
