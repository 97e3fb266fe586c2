/// A Swift type for values in a database.
package protocol DatabaseConvertible {
    /// The value to store.
    var databaseValue: DatabaseValue { get }

    /// Reads a stored value; `nil` if it has another type or does not fit.
    init?(databaseValue: DatabaseValue)
}

extension Int64: DatabaseConvertible {
    package var databaseValue: DatabaseValue { .integer(self) }

    package init?(databaseValue: DatabaseValue) {
        guard case .integer(let value) = databaseValue else { return nil }
        self = value
    }
}

extension Int: DatabaseConvertible {
    package var databaseValue: DatabaseValue { .integer(Int64(self)) }

    package init?(databaseValue: DatabaseValue) {
        guard case .integer(let value) = databaseValue else { return nil }
        self.init(exactly: value)
    }
}

extension Bool: DatabaseConvertible {
    package var databaseValue: DatabaseValue { .integer(self ? 1 : 0) }

    package init?(databaseValue: DatabaseValue) {
        guard case .integer(let value) = databaseValue else { return nil }
        self = value != 0
    }
}

extension String: DatabaseConvertible {
    package var databaseValue: DatabaseValue { .text(self) }

    package init?(databaseValue: DatabaseValue) {
        guard case .text(let value) = databaseValue else { return nil }
        self = value
    }
}

extension [UInt8]: DatabaseConvertible {
    package var databaseValue: DatabaseValue { .blob(self) }

    package init?(databaseValue: DatabaseValue) {
        guard case .blob(let value) = databaseValue else { return nil }
        self = value
    }
}

extension Optional: DatabaseConvertible where Wrapped: DatabaseConvertible {
    package var databaseValue: DatabaseValue { self?.databaseValue ?? .null }

    package init?(databaseValue: DatabaseValue) {
        guard databaseValue != .null else {
            self = .none
            return
        }
        guard let value = Wrapped(databaseValue: databaseValue) else { return nil }
        self = value
    }
}
