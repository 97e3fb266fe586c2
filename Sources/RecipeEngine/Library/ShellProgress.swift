internal import Synchronization

/// A logger of a script's lines of output as they arrive.
///
/// The session then removes the run's secrets from each line. A private key has many lines that do not show what they
/// are, so this type drops all of them, from the first to the last.
final class ShellProgress: Sendable {
    private let host: String
    private let emit: @Sendable (String) -> Void
    private let isInKey = Mutex<Set<ShellLine.Stream>>([])

    init(_ host: ShellHost, emit: @escaping @Sendable (String) -> Void) {
        self.host = host.description
        self.emit = emit
    }

    func tell(_ line: ShellLine) {
        let isShown = isInKey.withLock { streams in
            if line.text.contains("-----BEGIN"), line.text.contains("PRIVATE KEY-----") {
                streams.insert(line.stream)
                return false
            }
            guard streams.contains(line.stream) else { return true }
            if line.text.contains("-----END") { streams.remove(line.stream) }
            return false
        }
        if isShown { emit("\(host): \(line.text)") }
    }
}

/// A holder for the marker of a script whose end this process has seen.
final class RunMarker: Sendable {
    private let marker = Mutex<String?>(nil)

    var value: String? {
        get { marker.withLock { $0 } }
        set { marker.withLock { $0 = newValue } }
    }
}
