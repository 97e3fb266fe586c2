@preconcurrency internal import Dispatch
internal import FoundationEssentials
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A watch for the signals that end a run: SIGINT (Ctrl-C), SIGTERM, and SIGHUP of a closed terminal.
///
/// The first signal asks the run to stop, the second exits the process at once.
final class SignalWatch: Sendable {
    private let first = Mutex<Int32?>(nil)
    private let sources: [any DispatchSourceSignal]
    /// Returns the line that the second signal writes to standard error.
    private let lastWords: @Sendable () -> String

    /// Watches until the process exits.
    ///
    /// - Parameters:
    ///   - lastWords: Returns the line that the second signal writes to standard error.
    ///   - onFirst: Called on another thread with the first signal. It may block; a second signal still exits.
    init(lastWords: @escaping @Sendable () -> String, onFirst: @escaping @Sendable () -> Void) {
        self.lastWords = lastWords
        let signals = [SIGINT, SIGTERM] + (Self.isIgnored(SIGHUP) ? [] : [SIGHUP])
        // Dispatch receives a signal only if its default action is disabled.
        for number in signals { signal(number, SIG_IGN) }
        let queue = DispatchQueue(label: "sprun.signals")
        sources = signals.map { DispatchSource.makeSignalSource(signal: $0, queue: queue) }
        // A signal between the two steps would be lost, so wait until Dispatch watches all signals.
        let registered = DispatchGroup()
        for (number, source) in zip(signals, sources) {
            source.setEventHandler { [weak self] in self?.arrived(number, onFirst) }
            registered.enter()
            source.setRegistrationHandler { registered.leave() }
            source.activate()
        }
        registered.wait()
    }

    /// Keeps a reader that exits early, as in `sprun … | head`, from ending a run in the middle of a site.
    static func ignoreClosedPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Whether the parent process set the signal to be ignored, as `nohup` does.
    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        // The only possible failures are an unknown signal and an invalid pointer.
        guard sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        // Handlers are C functions, which can only be compared as addresses.
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    private func arrived(_ number: Int32, _ onFirst: @escaping @Sendable () -> Void) {
        let isFirst = first.withLock { first in
            defer { first = first ?? number }
            return first == nil
        }
        guard isFirst else {
            sayLastWords()
            _exit(128 + number)
        }
        DispatchQueue.global().async { onFirst() }
    }

    /// Writes the last words, unless the terminal takes no text: a write would keep the process from its exit.
    private func sayLastWords() {
        var request = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&request, 1, 0) > 0 else { return }
        let line = Array("\n\(lastWords())\n".utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// The exit status for the signal that arrived; `nil` if none did.
    var exitStatus: ExitStatus? {
        switch first.withLock({ $0 }) {
        case SIGINT?: .interrupted
        case SIGTERM?: .terminated
        case SIGHUP?: .hungUp
        default: nil
        }
    }
}
