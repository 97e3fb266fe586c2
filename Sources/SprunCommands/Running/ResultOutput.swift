internal import Groundwork
internal import OrderedCollections
internal import SystemPackage

/// The result as the only text on standard output: `-o` and `--field`.
struct ResultOutput {
    let form: ResultForm
    /// The member of the result that is printed; `nil` for the whole result.
    let field: String?
    /// The file that gets the text instead of standard output: `$GITHUB_OUTPUT` with `-o github`.
    private let file: FilePath?

    /// - Throws: `CommandFailure` with the code `usage` for `-o github` without `$GITHUB_OUTPUT`.
    init(form: ResultForm, field: String?, environment: Environment) throws {
        self.form = form
        self.field = field
        file = form == .github ? environment["GITHUB_OUTPUT"].map { FilePath($0) } : nil
        guard form != .github || file != nil else {
            throw CommandFailure(
                "usage", "-o github writes to the file that $GITHUB_OUTPUT names, and that variable is not set",
                hint: "run sprun in a step of GitHub Actions, or use -o env")
        }
    }

    /// Writes the result, or the member.
    ///
    /// - Parameters:
    ///   - result: The result as it may be shown.
    ///   - isSecret: Whether a text contains a secret. GitHub Actions is asked to hide these.
    ///   - console: The streams of the process.
    /// - Returns: The written text.
    /// - Throws: `CommandFailure`: `missing_field`, `unwritable_file`.
    func write(_ result: JSONValue, isSecret: (String) -> Bool, to console: Console) throws -> String {
        let value = try field.map { try member($0, of: result) } ?? result
        let text = form.text(of: value, named: field ?? "result")
        guard let file else {
            console.output.write(text)
            return text
        }
        for secret in Self.strings(of: value) where isSecret(secret) {
            // A workflow command is one line; GitHub masks each line of a secret by itself.
            for line in secret.split(whereSeparator: \.isNewline) { console.output.line("::add-mask::\(line)") }
        }
        try append(text, to: file)
        return text
    }

    private func member(_ name: String, of result: JSONValue) throws -> JSONValue {
        if let value = result[name] { return value }
        let names = result.objectValue.map { Array($0.keys.map(\.withoutControls)) } ?? []
        throw CommandFailure(
            "missing_field", "the result has no member '\(name)'",
            hint: names.isEmpty
                ? "the result is not a table; omit --field" : "its members: \(ResultNotes.words(names))")
    }

    private func append(_ text: String, to file: FilePath) throws {
        do {
            let descriptor = try FileDescriptor.open(
                file, .writeOnly, options: [.append, .create], permissions: .ownerReadWrite)
            try descriptor.closeAfter { _ = try descriptor.writeAll(text.utf8) }
        } catch let error as Errno {
            throw CommandFailure(
                "unwritable_file", "the result cannot be written to '\(file)': \(error.plainDescription)")
        }
    }

    private static func strings(of value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let items): items.flatMap(strings)
        case .object(let members): members.values.flatMap(strings)
        default: []
        }
    }
}
