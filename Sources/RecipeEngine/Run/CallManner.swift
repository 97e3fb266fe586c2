/// The origin of an API call, the recipe or the engine, and its purpose.
enum CallManner: Hashable, Sendable {
    /// The recipe requested the call.
    case asked
    /// The recipe requested a server that connects within the same call.
    ///
    /// If the key is lost, the engine deletes the record while it never connected, and creates it again.
    case recreating
    /// The recipe requested to replace the record of a server that never connected; a record that has connected since
    /// is kept.
    case replacing
    /// The engine deletes what it created itself; the recipe's grants and the confirmation of deletions do not apply.
    case recovering
}
