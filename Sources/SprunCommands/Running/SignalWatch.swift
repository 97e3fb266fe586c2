@preconcurrency internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Ctrl-C and SIGTERM during a run: once asks it to stop, twice ends the process at once.
final class SignalWatch: Sendable {
    private let first = Mutex<Int32?>(nil)
    private let sources: [any DispatchSourceSignal]

    /// Watches until the end of the process.
    ///
    /// - Parameter onFirst: is called on another thread with the first signal.
    init(onFirst: @escaping @Sendable (Int32) -> Void) {
        // Dispatch sees a signal only when its default action is off.
        let signals = [SIGINT, SIGTERM]
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

    private func arrived(_ number: Int32, _ onFirst: (Int32) -> Void) {
        let isFirst = first.withLock { first in
            defer { first = first ?? number }
            return first == nil
        }
        guard isFirst else { _exit(128 + number) }
        onFirst(number)
    }

    /// The status that belongs to the signal that came, where one did.
    var exitStatus: ExitStatus? {
        switch first.withLock({ $0 }) {
        case SIGINT?: .interrupted
        case SIGTERM?: .terminated
        default: nil
        }
    }
}
