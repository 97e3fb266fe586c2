/// A row of a result.
package struct DatabaseRow: Sendable {
    /// A column is missing, or its value has another type than expected.
    package struct DecodingError: Error, Hashable, Sendable {
        /// The name of the column.
        package let column: String

        /// Creates an error.
        package init(column: String) { self.column = column }
    }

    private let columns: [String]
    private let values: [DatabaseValue]

    init(columns: [String], values: [DatabaseValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value of the first column, for results of a single column.
    package var first: DatabaseValue { values.first ?? .null }

    /// Returns the value of a column.
    ///
    /// - Throws: `DecodingError` if there is no such column, or its value has another type.
    package func value<Value: DatabaseConvertible>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(DecodingError) -> Value {
        guard let index = columns.firstIndex(of: column), let value = Value(databaseValue: values[index]) else {
            throw DecodingError(column: column)
        }
        return value
    }
}
