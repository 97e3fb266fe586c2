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
        guard let members = document.objectValue else {
            throw CommandFailure("invalid_setting", "\(path) must contain names with values")
        }
        var values: OrderedDictionary<String, String> = [:]
        for (name, value) in members where value != .null {
            guard let word = value.parameterWord else {
                throw CommandFailure("invalid_setting", "\(path): '\(name)' must be \(JSONValue.parameterForms)")
            }
            values[name] = word
        }
        return values
    }
}

extension JSONValue {
    /// The forms of a value that a parameter can have, in words.
    static let parameterForms = "a text, a number, true, false, or a list of them without commas"

    /// The value as the command line takes it; `nil` if it has another form.
    var parameterWord: String? {
        switch self {
        case .string(let text): return text
        case .object, .null: return nil
        case .array(let items):
            let words = items.compactMap { $0.isScalar ? $0.parameterWord : nil }
            return words.count == items.count && !words.contains { $0.contains(",") }
                ? words.joined(separator: ",") : nil
        default: return text()
        }
    }
}
