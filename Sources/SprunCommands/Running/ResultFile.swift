internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import SystemPackage

/// The file of `--result`.
///
/// A new result never replaces secrets that it lacks. Secrets of the same resource are copied from the file
/// (`ResultMerge`). If that is not certain, the file stays unchanged.
struct ResultFile {
    let path: FilePath
    /// Whether `--force` is given: the file is then replaced whatever it contains.
    let isForced: Bool

    /// Checks that a result can be written; changes nothing.
    ///
    /// - Throws: `CommandFailure`: `unwritable_file`, `result_kept`.
    func check() throws {
        guard !path.isEmpty else { throw unwritable("the name is empty") }
        if let status = try? Stat(path) {
            switch status.type {
            case .directory: throw unwritable("it is a folder")
            case .socket, .blockSpecial: throw unwritable("it is not a regular file")
            case .regular: try PrivateFile.checkIsWritable(path)
            default: return
            }
        }
        let folder = path.removingLastComponent()
        try PrivateFile.checkIsWritable(folder: folder.isEmpty ? "." : folder)
        _ = try earlier()
    }

    /// Writes a result.
    ///
    /// - Parameters:
    ///   - result: The result.
    ///   - secrets: The names of members that are secrets, besides those whose names suggest it.
    /// - Returns: The text of the file, and the paths of secrets copied from the earlier file.
    /// - Throws: `CommandFailure`: `unwritable_file`, `result_kept`.
    func write(_ result: JSONValue, secrets: Set<String>) throws -> (text: String, kept: [String]) {
        var merge = ResultMerge(secrets: secrets)
        let merged = try earlier().map { merge.merged(result, with: $0) } ?? result
        guard merge.lost.isEmpty else {
            throw CommandFailure(
                "result_kept",
                "'\(path)' has secrets that the new result lacks, so sprun did not change it: "
                    + ResultNotes.words(merge.lost),
                hint: "name another file, or replace it with --force")
        }
        let text = merged.text(indentation: 2) + "\n"
        try PrivateFile(path: path).write(Array(text.utf8))
        return (text, merge.kept)
    }

    /// Returns the result in the existing file; `nil` if it contains none, or with `--force`.
    private func earlier() throws -> JSONValue? {
        guard !isForced, let status = try? Stat(path), status.type == .regular, status.size > 0 else { return nil }
        let bytes = try PrivateFile.read(path, what: "the result")
        if let value = try? JSONValue(bytes: bytes) { return value }
        guard !ResultMerge.mayBeSecret(String(decoding: bytes, as: UTF8.self)) else {
            throw CommandFailure(
                "result_kept", "'\(path)' is not a result of sprun, and may contain a password",
                hint: "name another file, or replace it with --force")
        }
        return nil
    }

    private func unwritable(_ reason: String) -> CommandFailure {
        CommandFailure("unwritable_file", "the result cannot be written to '\(path)': \(reason)")
    }
}
