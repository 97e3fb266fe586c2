internal import Groundwork
internal import OrderedCollections
internal import SystemPackage

/// The file of `--params`: parameters in TOML or JSON.
struct ParameterFile {
    let path: FilePath
    /// Whether only its owner can read the file, so that it can contain secrets.
    let isPrivate: Bool
    /// The values as the command line takes them, by name.
    let values: OrderedDictionary<String, String>

    /// Reads a file; its ending decides the form.
    ///
    /// - Throws: `CommandFailure`: `unreadable_file`, `invalid_setting`.
    init(_ path: FilePath) throws {
        self.path = path
        let bytes = try PrivateFile.read(path, what: "the file of --params")
        isPrivate = (try? PrivateFile(path: path).checkIsPrivate()) != nil
        switch path.extension?.lowercased() {
        case "toml":
            let table = try SettingsTable(bytes, path)
            var values: OrderedDictionary<String, String> = [:]
            for key in table.keys { values[key] = try table.parameter(key) }
            self.values = values
        case "json": values = try Self.values(Self.json(bytes, path), path)
        default:
            throw CommandFailure(
                "usage", "sprun cannot tell the form of '\(path)'", hint: "name it .toml or .json")
        }
    }

    private static func json(_ bytes: [UInt8], _ path: FilePath) throws -> JSONValue {
        do throws(JSONFailure) {
            return try JSONValue(bytes: bytes)
        } catch {
            throw CommandFailure("invalid_setting", "\(path): \(error)")
        }
    }

    private static func values(_ document: JSONValue, _ path: FilePath) throws -> OrderedDictionary<String, String> {
        guard let members = document.objectValue else { throw notNames(path) }
        var values: OrderedDictionary<String, String> = [:]
        for (name, value) in members where value != .null {
            guard let word = word(value) else { throw notValue(name, path) }
            values[name] = word
        }
        return values
    }

    private static func word(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): return text
        case .object: return nil
        case .array(let items): return list(items.filter(\.isScalar).compactMap(word), of: items.count)
        default: return value.text()
        }
    }

    /// Returns a list as the command line takes it; `nil` if an item is not a word, or contains a comma.
    private static func list(_ words: [String], of count: Int) -> String? {
        words.count == count && !words.contains { $0.contains(",") } ? words.joined(separator: ",") : nil
    }

    private static func notNames(_ path: FilePath) -> CommandFailure {
        CommandFailure("invalid_setting", "\(path) must contain names with values")
    }

    private static func notValue(_ name: String, _ path: FilePath) -> CommandFailure {
        CommandFailure(
            "invalid_setting",
            "\(path): '\(name)' must be a text, a number, true, false, or a list of them without commas")
    }
}
