public import OrderedCollections

/// One table of an account: records by id in the order of insertion, and a note of which were touched.
///
/// The note is what makes a store cheap: it writes the records that a call has touched, and nobody has to list what
/// each operation changes. It is no part of the table's value: tables with equal records are equal.
public struct RecordTable<ID: Hashable & Sendable, Row: Record>: Sendable {
    private var rows: OrderedDictionary<ID, Row> = [:]
    /// How many records are in each place; no place with none.
    private var counts: [RecordPlace: Int] = [:]
    /// The ids of the records that were added, replaced or removed since the note was last cleared, in that order.
    private(set) var touched: OrderedSet<ID> = []

    init(_ rows: OrderedDictionary<ID, Row> = [:]) {
        self.rows = rows
        for row in rows.values { count(row.places, 1) }
    }

    /// The ids.
    public var keys: OrderedSet<ID> { rows.keys }
    /// The records.
    public var values: OrderedDictionary<ID, Row>.Values { rows.values }
    /// How many records there are.
    public var count: Int { rows.count }
    /// Whether there are none.
    public var isEmpty: Bool { rows.isEmpty }

    /// How many records are in the place.
    func count(in place: RecordPlace) -> Int { counts[place] ?? 0 }

    /// The record of that id; setting `nil` removes it.
    public internal(set) subscript(id: ID) -> Row? {
        get { rows[id] }
        set {
            let before = rows[id]?.places ?? []
            let after = newValue?.places ?? []
            rows[id] = newValue
            touched.append(id)
            guard before != after else { return }
            count(before, -1)
            count(after, 1)
        }
    }

    /// Removes the records in the place.
    mutating func removeAll(in place: RecordPlace) {
        guard count(in: place) > 0 else { return }
        removeAll { $0.places.contains(place) }
    }

    /// Removes the records that match.
    mutating func removeAll(where matches: (Row) -> Bool) {
        var leaving: [RecordPlace] = []
        rows.removeAll { id, row in
            guard matches(row) else { return false }
            touched.append(id)
            leaving += row.places
            return true
        }
        count(leaving, -1)
    }

    private mutating func count(_ places: [RecordPlace], _ change: Int) {
        for place in places {
            let count = (counts[place] ?? 0) + change
            counts[place] = count == 0 ? nil : count
        }
    }

    /// Forgets which records were touched.
    mutating func clearTouched() {
        // Most calls touch nothing here.
        if !touched.isEmpty { touched = [] }
    }

    /// Notes every record as touched: the table has to be written whole.
    mutating func touchAll() { touched = rows.keys }
}

extension RecordTable: Hashable {
    /// Whether the records are equal, in the same order.
    public static func == (left: Self, right: Self) -> Bool { left.rows == right.rows }
    /// Hashes the records.
    public func hash(into hasher: inout Hasher) { hasher.combine(rows) }
}

extension RecordTable: Sequence {
    /// Goes through ids and records in the order of insertion.
    public func makeIterator() -> OrderedDictionary<ID, Row>.Iterator { rows.makeIterator() }
}
