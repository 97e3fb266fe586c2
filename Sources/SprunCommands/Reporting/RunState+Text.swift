extension RunState {
    /// The state as shown to people.
    var words: String { self == .needsDecision ? "needs a decision" : rawValue }

    /// Paints a text in the color of the state.
    func paint(_ text: String, _ style: Style) -> String {
        switch self {
        case .done: style.green(text)
        case .failed, .needsDecision: style.red(text)
        case .running, .interrupted: style.yellow(text)
        case .undone: style.faint(text)
        }
    }
}
