/// One parameter of a ``HostFunction``.
public struct HostParameter: Sendable, Hashable {
    /// The name, used in error messages and stubs.
    public var name: String
    /// The type as editor stubs write it: `string`, `integer`, `string|string[]`, `ServerPilot.AppOptions`.
    public var type: String
    /// Whether it may be left out.
    public var isOptional: Bool
    /// What it means, in a sentence.
    public var documentation: String

    /// Whether a list is one of what it takes; then one with a hole is refused before the function is called.
    var takesList: Bool { type.split(separator: "|").contains { $0.hasSuffix("[]") } }

    /// Creates a parameter.
    public init(_ name: String, _ type: String, isOptional: Bool = false, documentation: String = "") {
        self.name = name
        self.type = type
        self.isOptional = isOptional
        self.documentation = documentation
    }
}
