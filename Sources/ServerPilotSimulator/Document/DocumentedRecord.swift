internal import Groundwork
internal import OrderedCollections

/// A record that a state document contains.
///
/// The document has names of its own, so that renaming a Swift property does not change stored data.
protocol DocumentedRecord: Record {
    associatedtype ID: RawRepresentable<String> & Hashable & Sendable

    var id: ID { get }
    var document: JSONValue { get }

    init(document: DocumentReader) throws(SimulatorStateError)
}

extension DocumentReader {
    /// Returns a table of records; throws if an id occurs twice.
    func table<Row: DocumentedRecord>(
        _ name: String, of row: Row.Type = Row.self
    ) throws(SimulatorStateError) -> RecordTable<Row.ID, Row> {
        var table: OrderedDictionary<Row.ID, Row> = [:]
        for reader in try objects(name) {
            let row = try Row(document: reader)
            guard table.updateValue(row, forKey: row.id) == nil else {
                throw SimulatorStateError(.inconsistent, "In the simulator's state, an id appears twice in \(name).")
            }
        }
        return RecordTable(table)
    }
}

extension RecordTable where Row: DocumentedRecord {
    /// The table as a JSON array.
    var document: JSONValue { .array(values.map(\.document)) }
}
