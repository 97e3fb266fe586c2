public import OrderedCollections

/// A table of an account: records by id in insertion order, with the ids of touched records.
///
/// A store writes only the touched records, so no operation has to list its changes. The touched ids are not part of
/// the table's value: tables with equal records are equal.
///
/// ```swift
/// func names(in account: Account, of server: ServerID) -> [String] {
///     guard account.servers[server] != nil else { return [] }
///     return account.apps.values.filter { $0.serverID == server }.map(\.name)
/// }
/// ```
public struct RecordTable<ID: Hashable & Sendable, Row: Hashable & Sendable>: Sendable {
    private var rows: OrderedDictionary<ID, Row> = [:]
    /// The number of records per key; never zero.
    private var counts: [RecordPlace: Int] = [:]
    /// The ids of the records added, replaced or removed since `clearTouched()`, in that order.
    private(set) var touched: OrderedSet<ID> = []

    /// The ids of the records.
    public var keys: OrderedSet<ID> { rows.keys }
    /// The records in insertion order.
    public var values: OrderedDictionary<ID, Row>.Values { rows.values }
    /// The number of records.
    public var count: Int { rows.count }
    /// Whether the table has no records.
    public var isEmpty: Bool { rows.isEmpty }

    /// The record with that id; `nil` if there is none.
    public subscript(id: ID) -> Row? { rows[id] }

    /// Clears the list of touched records.
    mutating func clearTouched() {
        // Most calls touch no record of this table.
        if !touched.isEmpty { touched = [] }
    }

    /// Marks every record as touched, so that a store writes the whole table.
    mutating func touchAll() { touched = rows.keys }
}

extension RecordTable where Row: Record {
    init(_ rows: OrderedDictionary<ID, Row> = [:]) {
        self.rows = rows
        for row in rows.values { count(row.places, 1) }
    }

    /// Returns the number of records with that key.
    func count(in place: RecordPlace) -> Int { counts[place] ?? 0 }

    /// The record with that id; setting `nil` removes the record.
    subscript(id: ID) -> Row? {
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

    /// Removes the records with that key.
    mutating func removeAll(in place: RecordPlace) {
        guard count(in: place) > 0 else { return }
        removeAll { $0.places.contains(place) }
    }

    /// Removes the records that match the predicate.
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
}

extension RecordTable: Hashable {
    /// Whether the records are equal, in the same order.
    public static func == (left: Self, right: Self) -> Bool { left.rows == right.rows }
    /// Hashes the records.
    public func hash(into hasher: inout Hasher) { hasher.combine(rows) }
}

extension RecordTable: Sequence {
    /// Iterates over ids and records in insertion order.
    public func makeIterator() -> OrderedDictionary<ID, Row>.Iterator { rows.makeIterator() }
}
