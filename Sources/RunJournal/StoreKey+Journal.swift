internal import FoundationEssentials
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

extension StoreKey {
    /// The parameters of a run, sealed to the rest of its header.
    ///
    /// - Throws: `JournalError`, `unwritten`.
    func seal(_ header: RunHeader) throws -> Data {
        var parameters: JSONObject = [:]
        for (name, value) in header.parameters { parameters[name] = .string(value) }
        return try seal(.object(parameters), context(header), "The parameters of the run '\(header.id)'")
    }

    /// The parameters that were sealed with that header.
    ///
    /// - Throws: `JournalError`, `damaged`.
    func parameters(_ sealed: Data, of header: RunHeader) throws -> OrderedDictionary<String, String> {
        let object = try unseal(sealed, context(header), "What is written of the run '\(header.id)'")
        return object.compactMapValues(\.stringValue)
    }

    /// The body of an entry, sealed to its place and the rest of it.
    ///
    /// - Throws: `JournalError`, `unwritten`.
    func seal(_ entry: JournalEntry, of run: RunID, at position: Int64) throws -> Data {
        try seal(.object(entry.body), context(entry, run, position), "Entry \(position) of the run '\(run)'")
    }

    /// The body that was sealed with that entry at that place.
    ///
    /// - Throws: `JournalError`, `damaged`.
    func body(_ sealed: Data, of entry: JournalEntry, in run: RunID, at position: Int64) throws -> JSONObject {
        try unseal(sealed, context(entry, run, position), "Entry \(position) of the run '\(run)'")
    }

    private func seal(_ value: JSONValue, _ context: [UInt8], _ what: String) throws -> Data {
        // What would be missing when the run is resumed is refused before anything relies on it.
        guard value.survivesBytes else {
            throw JournalError(
                .unwritten, "\(what) cannot be written: it is nested too deep, or holds a number that is none.")
        }
        return try seal(value.bytes, authenticating: context)
    }

    private func unseal(_ sealed: Data, _ context: [UInt8], _ what: String) throws -> JSONObject {
        guard let bytes = try? unseal(sealed, authenticating: context),
            let object = (try? JSONValue(bytes: bytes))?.objectValue
        else { throw JournalError(.damaged, "\(what) is damaged, or was changed by something else.") }
        return object
    }

    private func context(_ header: RunHeader) -> [UInt8] {
        Self.joined([
            "run", header.id.rawValue, header.account, header.accountName, header.recipe, header.recipeDigest,
            String(header.seed), header.lua, header.program, String(header.started.nanoseconds),
        ])
    }

    private func context(_ entry: JournalEntry, _ run: RunID, _ position: Int64) -> [UInt8] {
        Self.joined([
            "entry", run.rawValue, String(position), entry.kind.rawValue, entry.step?.description ?? "",
            entry.operation, entry.digest, entry.site, String(entry.time.nanoseconds),
        ])
    }

    /// Texts one after the other, each with its length, so that no two lists give the same.
    private static func joined(_ texts: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for text in texts {
            bytes.append(contentsOf: "\(text.utf8.count):".utf8)
            bytes.append(contentsOf: text.utf8)
        }
        return bytes
    }
}
