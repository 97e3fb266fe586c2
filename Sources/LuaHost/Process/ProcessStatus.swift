/// The status of a process that ended, as `waitpid` reports it on Linux.
struct ProcessStatus {
    private let status: Int32

    init(_ status: Int32) { self.status = status }

    /// The signal that ended the process; nil if it exited.
    private var signal: Int32? { status & 0x7f == 0 ? nil : status & 0x7f }

    /// The exit status, if the process exited.
    private var code: Int32 { (status >> 8) & 0xff }

    /// Whether the kernel killed the process at its limit of CPU time (SIGXCPU).
    var isOutOfTime: Bool { signal == 24 }

    /// Whether the process exited with status 4, since memory was short.
    var isOutOfMemory: Bool { signal == nil && code == 4 }

    /// The text that follows "the process that runs Lua" in a message.
    var words: String {
        switch (signal, code) {
        case (24, _): "reached its limit of CPU time"
        case (31, _): "was ended by the kernel because it made a forbidden system call"
        case (let signal?, _): "crashed with signal \(signal)"
        case (nil, 3), (nil, 5): "belongs to another version"
        case (nil, 4): "ran out of memory"
        case (nil, let code): "ended with status \(code)"
        }
    }
}
