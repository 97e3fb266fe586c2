/// Access to the files of this machine that recipes name.
///
/// ```swift
/// struct FilesInMemory: LocalFiles {
///     let files: [String: [UInt8]]
///
///     func path(_ name: String) -> String { "/project/\(name)" }
///
///     func read(_ name: String, below grants: [[String]], limit: Int) throws(LocalFileFailure) -> [UInt8] {
///         guard grants.allSatisfy({ $0.contains { name.hasPrefix($0) } }), let bytes = files[name], bytes.count <= limit
///         else { throw LocalFileFailure("'\(name)' is not granted", isRefused: true) }
///         return bytes
///     }
/// }
/// ```
public protocol LocalFiles: Sendable {
    /// Returns the absolute path of a file name in a recipe: relative to the project, or `~/…`.
    func path(_ name: String) -> String

    /// Returns the bytes of a regular file, if it lies below granted folders once all links are resolved.
    ///
    /// - Parameters:
    ///   - name: the name as the recipe writes it.
    ///   - grants: the granted folders of each module involved; the file must lie below a folder of every module.
    ///   - limit: the maximum size of the file in bytes.
    /// - Returns: the bytes.
    /// - Throws: `LocalFileFailure`.
    func read(_ name: String, below grants: [[String]], limit: Int) throws(LocalFileFailure) -> [UInt8]
}
