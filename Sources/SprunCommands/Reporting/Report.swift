internal import Groundwork

/// A document that a verb shows as a whole: lines for people, or one JSON value for programs.
protocol Report {
    /// Returns the lines for standard output.
    func lines(on page: Page) -> [String]

    /// Returns further lines, for standard error; none by default.
    func notes(on page: Page) async -> [String]

    /// The document for programs.
    var json: JSONValue { get }
}

extension Report {
    func notes(on page: Page) async -> [String] { [] }
}
