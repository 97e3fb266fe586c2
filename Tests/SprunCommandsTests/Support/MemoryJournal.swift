import DurableSteps
import RecipeEngine
import SprunTesting

@testable import SprunCommands

/// A journal in memory in the place of the user's SQLite file.
struct MemoryJournal: JournalSource {
    let store = MemoryRunStore()

    func exists(in paths: Paths) -> Bool { true }

    func open(in paths: Paths) throws -> any RunStore & Sealer { store }
}

/// The bytes behind their digest: enough to notice a changed plan file.
extension MemoryRunStore: Sealer {
    func seal(_ bytes: [UInt8], beside context: [UInt8]) throws(JournalError) -> [UInt8] {
        Array(digest(context + bytes).utf8) + [0x0A] + bytes
    }

    func unseal(_ bytes: [UInt8], beside context: [UInt8]) -> [UInt8]? {
        let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, digest(context + parts[1]).utf8.elementsEqual(parts[0]) else { return nil }
        return Array(parts[1])
    }
}
