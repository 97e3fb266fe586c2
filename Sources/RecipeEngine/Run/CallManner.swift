/// On whose account a call to the API is made.
enum CallManner: Hashable, Sendable {
    /// The recipe has asked for it.
    case asked
    /// The recipe has asked for a server that connects in the same call: where its key is lost it is deleted while it
    /// never connected, and made anew.
    case recreating
    /// The recipe has asked for the record of a server that never connected to be replaced: one that has connected since
    /// is kept.
    case replacing
    /// The engine takes back what it made itself: what a recipe may do, and what is asked before, do not count.
    case recovering
}
