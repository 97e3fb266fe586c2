/// The files of this machine that recipes name.
public protocol LocalFiles: Sendable {
    /// The absolute path of what a recipe names: relative to its project, or `~/…`.
    func path(_ name: String) -> String

    /// The bytes of a regular file that lies below granted folders, wherever links lead.
    ///
    /// - Parameters:
    ///   - name: as the recipe names it.
    ///   - grants: for each module that has a say the folders that it was granted; the file has to be below one of each.
    ///   - limit: how many bytes it may have.
    /// - Returns: the bytes.
    /// - Throws: `LocalFileFailure`.
    func read(_ name: String, below grants: [[String]], limit: Int) throws(LocalFileFailure) -> [UInt8]
}

/// Why a file of this machine cannot be read.
public struct LocalFileFailure: Error, Sendable {
    /// What is wrong, in one line.
    public var message: String
    /// Whether nobody granted it.
    public var isRefused: Bool

    /// A failure.
    public init(_ message: String, isRefused: Bool = false) {
        self.message = message
        self.isRefused = isRefused
    }
}
