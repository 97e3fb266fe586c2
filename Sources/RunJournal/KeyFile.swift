internal import DurableSteps
internal import Groundwork
internal import SystemPackage

/// The file with a store's key: 32 random bytes as 64 hexadecimal digits, readable by its owner only.
struct KeyFile {
    let path: String

    /// Bytes read at most; a longer file is not a key file.
    private static let largest = 128

    /// Returns the key of an existing store; `check` is the check value that the store recorded.
    ///
    /// - Throws: `JournalError`: `keyMissing` if it is missing or another store's key, `unusable` if it is not private.
    func read(matching check: String, of store: String) throws -> StoreKey {
        guard let key = try find() else {
            throw JournalError(
                .keyMissing,
                "The key '\(path)' of the journal '\(store)' is missing. Without it, sprun cannot read the journal. "
                    + "Restore the key from a backup, or move the journal away to start a new journal.")
        }
        guard key.check == check else {
            throw JournalError(
                .keyMissing,
                "The key '\(path)' does not belong to the journal '\(store)'. Restore the key that was created with "
                    + "it, or move the journal away to start a new journal.")
        }
        return key
    }

    /// Returns the key for a store that has no key yet: the key in the file, or a new key that it writes there.
    ///
    /// - Throws: `JournalError`, `Errno`.
    func readOrMake() throws -> StoreKey {
        if let key = try find() { return key }
        do {
            let text = HexadecimalText.text(StoreKey.random()) + "\n"
            _ = try AtomicFile(FilePath(path)).create(Array(text.utf8))
        } catch let error as Errno {
            throw JournalError(
                error == .noSpace ? .unwritten : .unusable, "The key '\(path)' cannot be created: \(error).")
        }
        // Read the file again: another process may have created it first.
        guard let key = try find() else { throw JournalError(.unusable, "The key '\(path)' no longer exists.") }
        return key
    }

    /// Returns the key in the file; `nil` if there is no file.
    private func find() throws -> StoreKey? {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(FilePath(path), .readOnly)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        } catch {
            throw JournalError(.unusable, "The key '\(path)' cannot be read: \(error).")
        }
        let bytes = try descriptor.closeAfter {
            try checkIsPrivate(descriptor)
            var bytes = [UInt8](repeating: 0, count: Self.largest)
            let count = try bytes.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            return Array(bytes[..<count])
        }
        guard let key = Self.key(bytes) else {
            throw JournalError(
                .keyMissing,
                "'\(path)' does not contain a key of 64 hexadecimal digits. Restore the file from a backup.")
        }
        return StoreKey(key)
    }

    private static func key(_ text: [UInt8]) -> [UInt8]? {
        var digits = TextFile.text(text)
        if digits.last == UInt8(ascii: "\n") { digits.removeLast() }
        return digits.count == 2 * StoreKey.byteCount ? HexadecimalText.bytes(digits) : nil
    }

    private func checkIsPrivate(_ descriptor: FileDescriptor) throws {
        guard try descriptor.stat().permissions.isDisjoint(with: .ofOthers) else {
            throw JournalError(
                .unusable, "Other users can read the key '\(path)'. Restrict it:\nchmod 600 \(path.singleQuoted)")
        }
    }
}
