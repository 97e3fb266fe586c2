internal import Groundwork

/// A version: numbers separated by dots; a version with a `-` suffix comes before the version without it.
package struct VersionNumber: Comparable, Sendable {
    private let numbers: [Int]
    private let isPreliminary: Bool

    /// Parses `1.2.0`, `0.1` or `1.2.0-beta`; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let numbers = words.compactMap { word in
            word.count <= 9 && word.utf8.allSatisfy(\.isDigit)
                ? Int(word) : nil
        }
        guard numbers.count == words.count, (1...4).contains(words.count), parts.last?.isEmpty == false else {
            return nil
        }
        // 1.2 equals 1.2.0.
        self.numbers = numbers + Array(repeating: 0, count: 4 - numbers.count)
        isPreliminary = parts.count == 2
    }

    /// Compares number by number.
    package static func < (left: VersionNumber, right: VersionNumber) -> Bool {
        if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
        return left.isPreliminary && !right.isPreliminary
    }
}
