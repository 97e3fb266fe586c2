@preconcurrency internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The signals that end a run: Ctrl-C, SIGTERM, and SIGHUP of a terminal that was closed.
///
/// The first asks the run to stop, the second ends the process at once.
final class SignalWatch: Sendable {
    private let first = Mutex<Int32?>(nil)
    private let sources: [any DispatchSourceSignal]

    /// Watches until the end of the process.
    ///
    /// - Parameter onFirst: is called on another thread with the first signal. It may block: a second signal ends the
    ///   process all the same.
    init(onFirst: @escaping @Sendable (Int32) -> Void) {
        let signals = [SIGINT, SIGTERM] + (Self.isIgnored(SIGHUP) ? [] : [SIGHUP])
        // Dispatch sees a signal only when its default action is off.
        for number in signals { signal(number, SIG_IGN) }
        let queue = DispatchQueue(label: "sprun.signals")
        sources = signals.map { DispatchSource.makeSignalSource(signal: $0, queue: queue) }
        // Between the two a signal would be lost, so nobody goes on before Dispatch sees them all.
        let registered = DispatchGroup()
        for (number, source) in zip(signals, sources) {
            source.setEventHandler { [weak self] in self?.arrived(number, onFirst) }
            registered.enter()
            source.setRegistrationHandler { registered.leave() }
            source.activate()
        }
        registered.wait()
    }

    /// Whether whoever started the program wants it to outlive the signal, as `nohup` does.
    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        // The only failures are a signal that does not exist and a bad pointer.
        guard sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        // Handlers are C functions, which cannot be compared otherwise.
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    private func arrived(_ number: Int32, _ onFirst: @escaping @Sendable (Int32) -> Void) {
        let isFirst = first.withLock { first in
            defer { first = first ?? number }
            return first == nil
        }
        guard isFirst else { _exit(128 + number) }
        DispatchQueue.global().async { onFirst(number) }
    }

    /// The status that belongs to the signal that came, where one did.
    var exitStatus: ExitStatus? {
        switch first.withLock({ $0 }) {
        case SIGINT?: .interrupted
        case SIGTERM?: .terminated
        case SIGHUP?: .hungUp
        default: nil
        }
    }
}
