internal import DurableSteps
internal import RecipeEngine

/// The encryption of plan files, with the key of a store of runs.
protocol Sealer: Sendable {
    /// Encrypts bytes and authenticates the `context` that is stored beside them in plain text.
    ///
    /// - Throws: `JournalError`, `unwritten`.
    func seal(_ bytes: [UInt8], beside context: [UInt8]) throws(JournalError) -> [UInt8]

    /// Decrypts the result of `seal`; `nil` if the bytes or the context were changed, or another store encrypted them.
    func unseal(_ bytes: [UInt8], beside context: [UInt8]) -> [UInt8]?
}
