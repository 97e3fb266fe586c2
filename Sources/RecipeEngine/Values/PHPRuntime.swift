/// The version of a PHP runtime, compared numerically: `php8.10` is newer than `php8.2`.
struct PHPRuntime: Comparable {
    /// The name, such as `php8.4`.
    let name: String
    private let numbers: [Int]

    /// Parses `php` followed by numbers between dots, each of up to 6 digits; `nil` for anything else.
    init?(_ name: String) {
        guard name.hasPrefix("php") else { return nil }
        let parts = name.dropFirst(3).split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.count <= 6 ? Int($0) : nil }
        guard numbers.count == parts.count, !numbers.isEmpty else { return nil }
        self.name = name
        self.numbers = numbers
    }

    /// Returns the name of the newest of these runtimes, without texts that name none.
    static func newest(of names: [String]) -> String? { names.compactMap { PHPRuntime($0) }.max()?.name }

    static func == (left: PHPRuntime, right: PHPRuntime) -> Bool { !(left < right) && !(right < left) }

    static func < (left: PHPRuntime, right: PHPRuntime) -> Bool {
        let count = max(left.numbers.count, right.numbers.count)
        let leftNumbers = left.numbers + Array(repeating: 0, count: count - left.numbers.count)
        let rightNumbers = right.numbers + Array(repeating: 0, count: count - right.numbers.count)
        return leftNumbers.lexicographicallyPrecedes(rightNumbers)
    }
}
