/// The amount of progress that a run shows besides its result and errors.
enum ProgressDetail {
    /// Nothing.
    case quiet
    /// Each change, but only counts if there are many.
    case usual
    /// Each change, however many.
    case verbose
}
