/// Who requested a call of the API, and for what.
enum CallRequester: Hashable, Sendable {
    /// The recipe requested the call.
    case recipe
    /// The recipe requested a server that connects within the same call.
    ///
    /// If the key is lost, the engine deletes the record while it never connected, and creates it again.
    case connecting
    /// The recipe requested to replace the record of a server that never connected; a record that has connected since
    /// is kept.
    case replacing
    /// The engine deletes a resource that it created itself; the recipe's grants and the confirmation of deletions do
    /// not apply.
    case engine
}
