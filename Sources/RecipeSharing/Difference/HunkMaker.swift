/// Groups changed lines with the lines around them.
struct HunkMaker {
    /// How many lines are shown on each side of a change.
    let context: Int

    func hunks(_ lines: [TextDifference.Line]) -> [TextDifference.Hunk] {
        var hunks: [TextDifference.Hunk] = []
        // The numbers of the lines before the one at `position`.
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

    /// Where changes are with the lines around them; two that touch or overlap are one.
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
