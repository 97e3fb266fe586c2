internal import Groundwork

/// A report whose lines need no colors and no width.
struct Listing: Report {
    /// The lines for standard output.
    var output: [String] = []
    /// The lines for standard error.
    var error: [String] = []
    let json: JSONValue

    func lines(on page: Page) -> [String] { output.map(\.withoutControls) }

    func notes(on page: Page) async -> [String] { error.map(\.withoutControls) }
}
