internal import Groundwork
internal import Synchronization

/// The entries that a writer keeps in memory until the next commit: how much memory they take, and their secrets.
final class KeptEntries: Sendable {
    private struct State {
        var bytes = 0
        var secrets: Set<String> = []
    }

    private let state = Mutex(State())

    /// The estimated memory of the entries, in bytes.
    var bytes: Int { state.withLock { $0.bytes } }

    /// Whether one of these secrets is not durable yet.
    func hold(anyOf secrets: [String]) -> Bool {
        state.withLock { state in !state.secrets.isEmpty && secrets.contains(where: state.secrets.contains) }
    }

    /// Counts an entry that waits for a commit.
    func add(_ entry: JournalEntry) {
        let size = entry.keptBytes
        state.withLock { state in
            state.bytes += size
            if case .secret(let name, _) = entry.content { state.secrets.insert(name) }
        }
    }

    /// Removes entries that are durable.
    func remove(_ entries: [JournalEntry]) {
        let size = entries.reduce(0) { $0 + $1.keptBytes }
        let secrets = entries.compactMap { if case .secret(let name, _) = $0.content { name } else { nil } }
        state.withLock { state in
            state.bytes -= size
            state.secrets.subtract(secrets)
        }
    }
}

extension JournalEntry {
    /// The estimated memory of the entry, in bytes.
    ///
    /// Only a read can be large: all other entries count as their fixed part.
    fileprivate var keptBytes: Int { 512 + (observation?.value?.heldBytes ?? 0) }
}

extension JSONValue {
    /// The estimated memory of the value beyond the value itself, in bytes.
    fileprivate var heldBytes: Int {
        switch self {
        // Swift keeps a string of up to 15 bytes in the value.
        case .string(let text): text.utf8.count < 16 ? 0 : 32 + text.utf8.count
        // A place in the text takes 4 bytes.
        case .array(let elements) where elements.text != nil: 64 + (elements.text?.byteCount ?? 0) + 4 * elements.count
        case .array(let elements): elements.reduce(32) { $0 + MemoryLayout<JSONValue>.stride + $1.heldBytes }
        case .object(let members):
            // A member has its value, its name, and its place in the hash table.
            members.reduce(64) { sum, member in
                sum + MemoryLayout<JSONValue>.stride + 24 + JSONValue.string(member.key).heldBytes
                    + member.value.heldBytes
            }
        default: 0
        }
    }
}
