internal import Groundwork
internal import Groundwork
internal import SystemPackage
internal import TOMLKit

/// A table of a TOML file that users write, with checks of keys and types.
struct SettingsTable {
    /// The file, for errors.
    let path: FilePath
    /// The name of the table in the file; empty for the whole file.
    private let name: String
    private let table: TOMLTable

    private init(_ table: TOMLTable, _ path: FilePath, name: String) {
        self.table = table
        self.path = path
        self.name = name
    }

    /// Parses TOML.
    ///
    /// - Throws: `CommandFailure`, `invalid_setting`.
    init(_ bytes: [UInt8], _ path: FilePath) throws {
        do {
            self.init(try TOMLTable(string: String(decoding: bytes, as: UTF8.self)), path, name: "")
        } catch let error as TOMLParseError {
            // The parser's description would repeat the text, which can contain a key.
            throw CommandFailure("invalid_setting", "\(path): line \(error.source.begin.line) is not valid TOML")
        }
    }

    /// Reads a file; `nil` if it does not exist.
    ///
    /// - Throws: `CommandFailure`: `unreadable_file`, `invalid_setting`.
    static func read(_ path: FilePath, what: String) throws -> SettingsTable? {
        guard PrivateFile.exists(path) else { return nil }
        return try SettingsTable(try PrivateFile.read(path, what: what), path)
    }

    /// The keys, in the order of their names.
    var keys: [String] { table.keys.sorted() }

    /// Throws for a key that is not known, with the nearest one.
    func checkKeys(_ known: [String]) throws {
        guard let key = keys.first(where: { !known.contains($0) }) else { return }
        let nearest = known.nearest(to: key).map { "; did you mean '\($0)'?" } ?? ""
        throw fault("unknown setting '\(name)\(key)' (known: \(known.joined(separator: ", "))\(nearest))")
    }

    /// Returns a string; `nil` if the key is missing.
    func string(_ key: String) throws -> String? { try value(key, "a string") { $0.string } }

    /// Returns an integer of at least 0; `nil` if the key is missing.
    func count(_ key: String) throws -> Int? {
        try value(key, "an integer of at least 0") { value in value.int.flatMap { $0 >= 0 ? $0 : nil } }
    }

    /// Returns an array of strings that is not empty; `nil` if the key is missing.
    func strings(_ key: String) throws -> [String]? {
        try value(key, "an array of strings") { value in
            guard let array = value.array else { return nil }
            let words = array.compactMap(\.string)
            return words.count == array.count && !words.isEmpty ? words : nil
        }
    }

    /// Returns a table; `nil` if the key is missing.
    func table(_ key: String) throws -> SettingsTable? {
        try value(key, "a table") { value in
            value.table.map { SettingsTable($0, path, name: "\(name)\(key).") }
        }
    }

    /// Returns the value of a parameter as the command line takes it; `nil` if the key is missing.
    ///
    /// - Throws: `CommandFailure`, `invalid_setting`, for a table, a date or a list that the command line cannot express.
    func parameter(_ key: String) throws -> String? {
        try value(key, JSONValue.parameterForms) { Self.json($0)?.parameterWord }
    }

    /// Converts a value that a parameter can have; `nil` for a table or a date.
    private static func json(_ value: any TOMLValueConvertible) -> JSONValue? {
        if let array = value.array {
            let items = array.compactMap { json($0) }
            return items.count == array.count ? .array(items) : nil
        }
        return value.string.map { .string($0) } ?? value.int.map { .integer(Int64($0)) }
            ?? value.bool.map { .bool($0) } ?? value.double.map { .double($0) }
    }

    private func value<Value>(
        _ key: String, _ type: String, _ read: (any TOMLValueConvertible) -> Value?
    ) throws -> Value? {
        guard let found = table[key] else { return nil }
        guard let value = read(found) else { throw fault("'\(name)\(key)' must be \(type)") }
        return value
    }

    private func fault(_ message: String) -> CommandFailure {
        CommandFailure("invalid_setting", "\(path): \(message)")
    }
}
