extension Sequence<String> {
    /// Returns the name that a misspelt name probably stands for; `nil` if none is close.
    ///
    /// A `name` of up to 3 characters may have one typing error, up to 8 two, above three, as in the messages of
    /// `LuaHost`. A typing error is a character inserted, omitted or replaced. Among equally close names, the first
    /// counts.
    func closest(to name: String) -> String? {
        let allowed = name.count <= 3 ? 1 : name.count <= 8 ? 2 : 3
        let wanted = Array(name.lowercased())
        // A text this long is not a misspelt name. Skipping it saves the comparisons.
        guard wanted.count <= 100 else { return nil }
        let distances = map { (distance: Self.distance(wanted, Array($0)), name: $0) }
        return distances.filter { $0.distance <= allowed }.min { $0.distance < $1.distance }?.name
    }

    /// Returns the Levenshtein distance, computed row by row.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = Swift.min(above + 1, row[j] + 1, diagonal + (character == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
