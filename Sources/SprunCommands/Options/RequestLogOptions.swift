internal import ArgumentParser
internal import SystemPackage

/// Where a simulator tells of requests.
struct RequestLogOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Add a line of JSON for each request; - is stderr.", valueName: "file"))
    var log: String?

    /// The log; `nil` where none is wanted.
    ///
    /// - Throws: `CommandFailure`, `unwritable_file`.
    func open(_ console: Console, speed: Double) throws -> RequestLog? {
        guard let log else { return nil }
        if log == "-" { return RequestLog(console.error, speed: speed) }
        do {
            let descriptor = try FileDescriptor.open(
                FilePath(log), .writeOnly, options: [.create, .append], permissions: FilePermissions(rawValue: 0o600))
            return RequestLog(Stream(descriptor, flushesLines: true), speed: speed)
        } catch let error as Errno {
            throw CommandFailure("unwritable_file", "the log '\(log)' cannot be written: \(error.plainDescription)")
        }
    }
}
