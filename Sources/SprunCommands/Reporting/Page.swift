/// The colors and the width of a stream.
struct Page {
    /// The colors of the stream.
    let style: Style
    /// The columns of a line; `nil` if not known, as for a pipe.
    let width: Int?
}
