extension Sequence<String> {
    /// The name that was probably meant by one that does not exist; `nil` when none is close.
    ///
    /// Close is one typing error in names of up to 3 characters, two up to 8, three above, as in Lua's messages. A
    /// typing error is a character inserted, left out or replaced. Of equally close ones the first counts.
    func closest(to name: String) -> String? {
        let allowed = name.count <= 3 ? 1 : name.count <= 8 ? 2 : 3
        let wanted = Array(name.lowercased())
        // What is longer than every name is no slip of one, and costs no comparison.
        guard wanted.count <= 100 else { return nil }
        let distances = map { (distance: Self.distance(wanted, Array($0)), name: $0) }
        return distances.filter { $0.distance <= allowed }.min { $0.distance < $1.distance }?.name
    }

    /// Levenshtein's distance, by the rows of his table.
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
