internal import ArgumentParser
internal import FoundationEssentials
internal import Groundwork
internal import SystemPackage

/// `sprun man-pages FOLDER`, which `scripts/install` and `scripts/package` use.
struct ManPagesCommand: Verb {
    static let configuration = CommandConfiguration.verb(
        commandName: "man-pages",
        abstract: "Write the man pages of all commands.",
        usage: "sprun man-pages share/man/man1",
        shouldDisplay: false)

    @Argument(help: ArgumentHelp("The folder for the pages; it must exist.", valueName: "FOLDER"))
    var folder: String

    @Option(help: ArgumentHelp("Set the date of the pages (default: today).", valueName: "year-month-day"))
    var date: String?

    func validate() throws {
        guard let date else { return }
        guard date.wholeMatch(of: #/\d{4}-\d\d-\d\d/#) != nil else {
            throw ValidationError("--date must be a date such as 2026-11-30, not '\(date)'.")
        }
    }

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let day = date ?? Date.now.formatted(.iso8601.year().month().day())
        for page in ManPage.all(date: day) {
            let path = workspace.environment.folder.pushing(FilePath(folder)).appending("\(page.name).1")
            do {
                let descriptor = try FileDescriptor.open(
                    path, .writeOnly, options: [.create, .truncate],
                    permissions: [.ownerReadWrite, .groupRead, .otherRead])
                let text = try page.lines().map { $0 + "\n" }.joined()
                _ = try descriptor.closeAfter { try descriptor.writeAll(Array(text.utf8)) }
            } catch let error as Errno {
                throw CommandFailure("unwritable_file", "'\(path)' cannot be written: \(error.plainDescription)")
            }
        }
        return .done
    }
}
