public import Groundwork

extension SimulatorState {
    /// The version of the document that this program writes.
    public static let formatVersion: Int64 = 1

    /// The state as a JSON document with its format version.
    ///
    /// The document contains the private keys of certificates, which the API returns, but no passwords. Only its owner
    /// may read a file with it. Times have a precision of a nanosecond.
    public var document: JSONValue {
        [
            "format_version": .integer(Self.formatVersion), "now": JSONValue(now),
            "random": JSONValue(random), "account": account.document,
        ]
    }

    /// Reads a state.
    ///
    /// - Throws: `SimulatorStateError` if the document has a newer format, is malformed, or contradicts itself.
    public init(document: JSONValue) throws(SimulatorStateError) {
        let reader = try DocumentReader(document, at: "$")
        let version = try reader.integer("format_version")
        guard version <= Self.formatVersion else {
            throw SimulatorStateError(
                .newerFormat,
                "The simulator's state has format \(version); this program supports up to \(Self.formatVersion). "
                    + "Use the program that wrote it, or delete the state to start with a new account.")
        }
        guard version == Self.formatVersion, let position = UInt64(try reader.string("random"), radix: 16) else {
            throw SimulatorStateError(.malformed, "The simulator's state has an unknown format or no random state.")
        }
        self.init(
            account: try Account(document: try reader.object("account")), now: try reader.timestamp("now"),
            random: SeededRandom(seed: position))
    }
}
