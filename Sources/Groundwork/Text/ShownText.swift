extension String {
    /// The text as shown in messages; a text of more than 120 bytes is cut to 100 characters.
    package var shown: String { utf8.count > 120 ? prefix(100) + "…" : self }
}
