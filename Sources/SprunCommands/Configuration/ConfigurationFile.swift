internal import SystemPackage
internal import TOMLKit

/// The permanent settings in `config.toml`.
struct ConfigurationFile {
    /// The address of the API; `nil` for the default.
    var endpoint: String?
    /// A command that prints credentials, as a program and its arguments.
    var credentialsCommand: [String]?

    /// Reads the file; a missing file contains no settings.
    ///
    /// - Throws: `CommandFailure` for invalid TOML, unknown keys and values of the wrong type.
    init(_ paths: Paths) throws {
        let path = paths.configurationFile
        guard PrivateFile.exists(path) else { return }
        let table = try Self.table(try PrivateFile.read(path, what: "the configuration"), path)
        for key in table.keys {
            switch key {
            case "endpoint": endpoint = try Self.expect(table[key]?.string, key, "a string", path)
            case "credentials_command":
                let array = try Self.expect(table[key]?.array, key, "an array of strings", path)
                let words = array.compactMap(\.string)
                guard words.count == array.count, !words.isEmpty else {
                    throw Self.fault("'\(key)' must be an array of strings", path)
                }
                credentialsCommand = words
            default: throw Self.fault("unknown setting '\(key)' (known: endpoint, credentials_command)", path)
            }
        }
    }

    /// Parses TOML.
    static func table(_ bytes: [UInt8], _ path: FilePath) throws -> TOMLTable {
        do {
            return try TOMLTable(string: String(decoding: bytes, as: UTF8.self))
        } catch let error as TOMLParseError {
            // The parser's description would repeat the text, which can contain a key.
            throw fault("line \(error.source.begin.line) is not valid TOML", path)
        }
    }

    private static func expect<Value>(_ value: Value?, _ key: String, _ type: String, _ path: FilePath) throws -> Value
    {
        guard let value else { throw fault("'\(key)' must be \(type)", path) }
        return value
    }

    private static func fault(_ message: String, _ path: FilePath) -> CommandFailure {
        CommandFailure("invalid_setting", "\(path): \(message)")
    }
}
