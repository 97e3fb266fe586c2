internal import ArgumentParser
internal import Groundwork
internal import OrderedCollections
internal import RecipeSharing
internal import SystemPackage

/// `sprun vendor`.
struct VendorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vendor",
        abstract: "Copy all locked recipes into the folder vendor.",
        usage: "sprun vendor",
        discussion: """
            For use without a network, and for review: runs take the copies first, and refuse one whose bytes are not \
            those of sprun.lock.
            """)

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let environment = Environment.current()
        let console = Console(color: output.color, environment: environment)
        let recipes = try ProjectRecipes(try Paths(environment), environment)
        let files: [String]
        do throws(SharingError) {
            files = try recipes.resolver.vendor(into: environment.folder.appending("vendor")).map(\.string)
        } catch {
            throw CommandFailure(error)
        }
        if output.json {
            console.output.line(
                JSONValue.object(["format_version": 1, "files": .array(files.map { .string($0) })]).text())
        } else {
            for file in files { console.output.line("vendor/\(file)".withoutControls) }
            if files.isEmpty { console.note("nothing is locked here: sprun get LOCATOR") }
        }
        console.output.flush()
    }
}
