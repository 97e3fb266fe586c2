/// A builder of hunks: it groups changed lines with the lines around them.
struct HunkMaker {
    /// The number of unchanged lines on each side of a change.
    let context: Int

    func hunks(_ lines: [TextDifference.Line]) -> [TextDifference.Hunk] {
        var hunks: [TextDifference.Hunk] = []
        // The number of lines before `position`, in total and in each text.
        var (position, old, new) = (0, 0, 0)
        for range in ranges(lines) {
            let skipped = range.lowerBound - position
            let part = Array(lines[range])
            let oldCount = part.count { $0.kind != .added }
            let newCount = part.count { $0.kind != .removed }
            (old, new) = (old + skipped, new + skipped)
            hunks.append(
                TextDifference.Hunk(
                    oldStart: oldCount == 0 ? old : old + 1, oldCount: oldCount,
                    newStart: newCount == 0 ? new : new + 1, newCount: newCount, lines: part))
            (position, old, new) = (range.upperBound, old + oldCount, new + newCount)
        }
        return hunks
    }

    /// Returns the ranges of changes with their context; ranges that touch or overlap are merged.
    private func ranges(_ lines: [TextDifference.Line]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (index, line) in lines.enumerated() where line.kind != .same {
            let range = max(0, index - context)..<min(lines.count, index + 1 + context)
            if let last = ranges.last, last.upperBound >= range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }
}
