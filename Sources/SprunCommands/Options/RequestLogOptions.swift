internal import ArgumentParser
internal import Groundwork
internal import SystemPackage

/// Options for the request log of a simulator.
struct RequestLogOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Append a JSON line for each request; - is stderr.", valueName: "file"))
    var log: String?

    /// Opens the log; `nil` without `--log`.
    ///
    /// - Throws: `CommandFailure`, `unwritable_file`.
    func open(_ console: Console, speed: Double) throws -> RequestLog? {
        guard let log else { return nil }
        if log == "-" { return RequestLog(stream: console.error, speed: speed) }
        do {
            let descriptor = try FileDescriptor.open(
                FilePath(log), .writeOnly, options: [.create, .append], permissions: FilePermissions(rawValue: 0o600))
            return RequestLog(stream: Stream(descriptor, flushesLines: true), speed: speed)
        } catch let error as Errno {
            throw CommandFailure("unwritable_file", "the log '\(log)' cannot be written: \(error.plainDescription)")
        }
    }
}
