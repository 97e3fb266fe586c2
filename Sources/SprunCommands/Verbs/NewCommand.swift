internal import ArgumentParser
internal import FoundationEssentials
internal import Groundwork
internal import SystemPackage

/// `sprun new FILE`.
struct NewCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "new",
        abstract: "Write a new recipe to begin with.",
        usage: """
            sprun new site.lua
            sprun plan --simulate site.lua
            """,
        discussion: "The recipe ensures a system user on a server. sprun never replaces a file.")

    @Argument(
        help: ArgumentHelp("The new file; its name ends with .lua.", valueName: "FILE"),
        completion: .file(extensions: ["lua"]))
    var file: String

    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        guard file.hasSuffix(".lua"), let template = RecipeTemplate(file: file) else {
            throw CommandFailure(
                "usage", "the name of a recipe file must end with .lua: '\(file)'",
                hint: "sprun new \("\(file).lua".shellQuoted)")
        }
        try write(template.text)
        let next = NextSteps(["plan", "run"].map { "sprun \($0) --simulate \(file.shellQuoted)" })
        await reporter.show(
            Listing(
                error: ["wrote \(file)"] + next.lines,
                json: [
                    "format_version": 1, "file": .string(file), "next": .array(next.commands.map { .string($0) }),
                ]))
        return .done
    }

    /// Writes a file that does not exist yet.
    ///
    /// - Throws: `CommandFailure`, `unwritable_file`.
    private func write(_ text: String) throws {
        do {
            let descriptor = try FileDescriptor.open(
                FilePath(file), .writeOnly, options: [.create, .exclusiveCreate],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
            _ = try descriptor.closeAfter { try descriptor.writeAll(Array(text.utf8)) }
        } catch Errno.fileExists {
            throw CommandFailure(
                "unwritable_file", "'\(file)' exists already; sprun new never replaces a file",
                hint: "sprun new with another name")
        } catch let error as Errno {
            throw CommandFailure("unwritable_file", "'\(file)' cannot be written: \(error.plainDescription)")
        }
    }
}
