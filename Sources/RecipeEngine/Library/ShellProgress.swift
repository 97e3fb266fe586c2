internal import Synchronization

/// Tells the lines of a script as they come.
///
/// The run's secrets are taken out of each line afterwards. A private key has many lines, none of which says what it is,
/// so that all from its first to its last are left out here.
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
                return streams.insert(line.stream).inserted && false
            }
            guard streams.contains(line.stream) else { return true }
            if line.text.contains("-----END") { streams.remove(line.stream) }
            return false
        }
        if isShown { emit("\(host): \(line.text)") }
    }
}

/// The marker of a script that this process has seen to its end.
final class RunMarker: Sendable {
    private let marker = Mutex<String?>(nil)

    var value: String? {
        get { marker.withLock { $0 } }
        set { marker.withLock { $0 = newValue } }
    }
}
