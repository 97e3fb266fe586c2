internal import OrderedCollections
internal import ServerPilot

/// A record that can be written into a state document and read again.
///
/// The document's names are its own: a change of a Swift name must not change what is stored.
protocol DocumentedRecord: Record {
    associatedtype ID: RawRepresentable<String> & Hashable & Sendable

    var id: ID { get }
    var document: JSONValue { get }

    init(document: DocumentReader) throws(SimulatorStateError)
}

extension DocumentReader {
    /// A table of records, none of which may come twice.
    func table<Row: DocumentedRecord>(
        _ name: String, of row: Row.Type = Row.self
    ) throws(SimulatorStateError) -> RecordTable<Row.ID, Row> {
        var table: OrderedDictionary<Row.ID, Row> = [:]
        for reader in try objects(name) {
            let row = try Row(document: reader)
            guard table.updateValue(row, forKey: row.id) == nil else {
                throw SimulatorStateError(.inconsistent, "In the simulator's state an id comes twice in \(name).")
            }
        }
        return RecordTable(table)
    }
}

extension RecordTable where Row: DocumentedRecord {
    /// The table as an array.
    var document: JSONValue { .array(values.map(\.document)) }
}
