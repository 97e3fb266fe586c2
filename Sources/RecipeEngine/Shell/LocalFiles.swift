/// Access to the files of this machine that recipes name.
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
