import Subprocess

/// A program under way.
struct RunningProgram: Sendable {
    /// Its process.
    let identifier: Int32
    /// Its standard output.
    let output: Transcript
    /// Its standard error.
    let error: Transcript
    private let signal: @Sendable (Signal) throws -> Void
    private let writer: StandardInputWriter

    init(_ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>) {
        identifier = execution.processIdentifier.value
        output = Transcript()
        error = Transcript()
        signal = { try execution.send(signal: $0) }
        writer = execution.standardInputWriter
    }

    /// Sends it a signal.
    func send(_ signal: Signal) throws { try self.signal(signal) }

    /// Writes to its standard input; one that does not read it is no failure.
    func write(_ text: String) async { _ = try? await writer.write(text) }

    /// Closes its standard input.
    func endInput() async { try? await writer.finish() }
}
