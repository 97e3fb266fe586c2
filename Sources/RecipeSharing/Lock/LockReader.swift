internal import Groundwork

/// A strict parser of lock files.
///
/// Any text that the writer would not produce is an error with its line number. A damaged lock is therefore never read
/// as a different lock.
struct LockReader {
    /// The file's name in messages.
    let name: String
    private var lock = RecipeLock()
    private var hasVersion = false
    private var section = Section.top
    /// The current block, with the line number of its header.
    private var block = LockBlock(kind: .git, line: 0)

    private enum Section { case top, block, files }

    init(name: String) { self.name = name }

    mutating func read(_ text: String) throws(SharingError) -> RecipeLock {
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            do throws(SharingError) {
                try read(line, number)
            } catch {
                throw error.code == .invalidLocator ? damaged(number, error.message) : error
            }
        }
        try close()
        guard hasVersion else { throw damaged(1, "format_version is missing") }
        return lock
    }

    private mutating func read(_ line: Substring, _ number: Int) throws(SharingError) {
        if line.isEmpty || line.hasPrefix("#") { return }
        for mark in ["<<<<<<<", "=======", ">>>>>>>", "|||||||"] where line.hasPrefix(mark) {
            throw damaged(number, "the line is a merge conflict")
        }
        switch line {
        case "[[git]]", "[[https]]":
            try close()
            guard hasVersion else { throw damaged(number, "format_version must come first") }
            section = .block
            block = LockBlock(kind: line == "[[git]]" ? .git : .https, line: number)
        case "[git.files]":
            guard section == .block, block.kind == .git else { throw damaged(number, "[git.files] needs a [[git]]") }
            section = .files
        default:
            try readPair(line, number)
        }
    }

    private mutating func readPair(_ line: Substring, _ number: Int) throws(SharingError) {
        if section == .top {
            guard let pair = line.wholeMatch(of: #/format_version = ([0-9]{1,9})/#), !hasVersion else {
                throw damaged(number, "'\(line.shown)' is not valid here")
            }
            guard pair.1 == "\(RecipeLock.formatVersion)" else {
                throw SharingError(
                    .newerLock,
                    "'\(name)' has format_version \(pair.1); this sprun supports \(RecipeLock.formatVersion)",
                    hint: "a newer sprun wrote the file: update sprun")
            }
            hasVersion = true
            return
        }
        let pattern = section == .files ? #/"([^"\\]+)" = "([^"\\]*)"/# : #/([a-z0-9_]+) = "([^"\\]*)"/#
        guard let pair = line.wholeMatch(of: pattern) else {
            throw damaged(number, "'\(line.shown)' is not a key with a string")
        }
        let (key, value) = (String(pair.1), String(pair.2))
        if section == .files {
            guard let hash = ContentHash(hexadecimal: value) else {
                throw damaged(number, "the hash of '\(key)' must have \(ContentHash.digitCount) hexadecimal digits")
            }
            guard block.files.updateValue(hash, forKey: ByteExact(try RepositoryPath.check(key))) == nil else {
                throw damaged(number, "the file '\(key)' appears twice")
            }
        } else {
            guard block.kind.keys.contains(key) else {
                let nearest = block.kind.keys.nearest(to: key).map { "; did you mean '\($0)'?" } ?? ""
                throw damaged(number, "unknown key '\(key)'\(nearest)")
            }
            guard block.values.updateValue(value, forKey: key) == nil else {
                throw damaged(number, "the key '\(key)' appears twice")
            }
        }
    }

    /// Adds the current block to the lock.
    private mutating func close() throws(SharingError) {
        guard section != .top else { return }
        do throws(SharingError) {
            switch block.kind {
            case .git:
                let (locator, entry) = try block.gitEntry()
                guard lock.git.updateValue(entry, forKey: locator) == nil else {
                    throw SharingError.invalid("'\(locator)' appears twice")
                }
            case .https:
                let locator = try block.httpsLocator()
                guard lock.https.insert(locator).inserted else {
                    throw SharingError.invalid("'\(locator)' appears twice")
                }
            }
        } catch {
            throw damaged(block.line, error.message)
        }
    }

    private func damaged(_ line: Int, _ reason: String) -> SharingError {
        SharingError(
            .damagedLock, "\(name):\(line): \(reason)",
            hint: "restore the file from version control, or delete it and run sprun get again")
    }
}

extension Substring {
    /// The first 60 characters of a line, without control characters, for messages.
    fileprivate var shown: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.properties.generalCategory != .control }).prefix(60))
    }
}

extension RecipeLock {
    /// Parses the text of a lock file.
    ///
    /// - Parameters:
    ///   - text: The bytes of the file.
    ///   - name: The file's name in messages.
    /// - Throws: `SharingError`: `damagedLock` with the line, `newerLock`.
    package init(text: [UInt8], name: String) throws(SharingError) {
        guard let text = String(validating: text, as: UTF8.self) else {
            throw SharingError(.damagedLock, "'\(name)' is not text in UTF-8", hint: "restore it from version control")
        }
        var reader = LockReader(name: name)
        self = try reader.read(text)
    }
}
