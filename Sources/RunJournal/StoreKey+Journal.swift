internal import DurableSteps
internal import FoundationEssentials
internal import Groundwork
internal import OrderedCollections

extension StoreKey {
    /// Encrypts the parameters of a run and authenticates the rest of its header.
    ///
    /// - Throws: `JournalError`, `unwritten`.
    func seal(_ header: RunHeader) throws -> Data {
        var parameters: JSONObject = [:]
        for (name, value) in header.parameters { parameters[name] = .string(value) }
        // Earlier versions read only the members that are texts, and no parameter has an empty name.
        if let secrets = header.secretParameters {
            parameters[""] = .array(secrets.sorted().map { .string($0) })
        }
        return try seal(.object(parameters), context(header), "The parameters of the run '\(header.id)'")
    }

    /// Decrypts the parameters that were sealed with this header, and the names of those that are secrets.
    ///
    /// - Throws: `JournalError`, `damaged`.
    func parameters(
        _ sealed: Data, of header: RunHeader
    ) throws -> (values: OrderedDictionary<String, String>, secrets: Set<String>?) {
        let object = try unseal(sealed, context(header), "The record of the run '\(header.id)'")
        let secrets = object[""]?.arrayValue.map { Set($0.compactMap(\.stringValue)) }
        return (object.compactMapValues(\.stringValue), secrets)
    }

    /// Encrypts the body of an entry and authenticates its run, its position and its other fields.
    ///
    /// - Throws: `JournalError`, `unwritten`.
    func seal(_ entry: EncodedEntry, of run: RunID, at position: Int64) throws -> Data {
        try seal(.object(entry.body), context(entry, run, position), "Entry \(position) of the run '\(run)'")
    }

    /// Decrypts the body that was sealed with this entry at this position.
    ///
    /// - Throws: `JournalError`, `damaged`.
    func body(_ sealed: Data, of entry: EncodedEntry, in run: RunID, at position: Int64) throws -> JSONObject {
        try unseal(sealed, context(entry, run, position), "Entry \(position) of the run '\(run)'")
    }

    private func seal(_ value: JSONValue, _ context: [UInt8], _ what: String) throws -> Data {
        // Refuse a value that does not survive encoding before anything relies on it: a resumed run would miss it.
        guard value.survivesBytes else {
            throw JournalError(
                .unwritten, "\(what) cannot be written: it is nested too deeply, or a number is not finite.")
        }
        return try seal(value.bytes, authenticating: context)
    }

    private func unseal(_ sealed: Data, _ context: [UInt8], _ what: String) throws -> JSONObject {
        guard let bytes = try? unseal(sealed, authenticating: context),
            let object = (try? JSONValue(bytes: bytes))?.objectValue
        else { throw JournalError(.damaged, "\(what) is damaged, or another program changed it.") }
        return object
    }

    private func context(_ header: RunHeader) -> [UInt8] {
        Self.joined([
            "run", header.id.rawValue, header.account, header.accountName, header.recipe, header.recipeDigest,
            String(header.seed), header.lua, header.program, String(header.started.nanoseconds),
        ])
    }

    private func context(_ entry: EncodedEntry, _ run: RunID, _ position: Int64) -> [UInt8] {
        Self.joined([
            "entry", run.rawValue, String(position), entry.kind, entry.step ?? "", entry.operation, entry.digest,
            entry.site, String(entry.time.nanoseconds),
        ])
    }

    /// Concatenates strings, each with its length before it, so that two different lists never have the same bytes.
    private static func joined(_ texts: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for text in texts {
            bytes.append(contentsOf: "\(text.utf8.count):".utf8)
            bytes.append(contentsOf: text.utf8)
        }
        return bytes
    }
}
