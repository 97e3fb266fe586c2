/// A parameter of a ``HostFunction``.
///
/// ```swift
/// let domain = HostParameter("domain", "string", documentation: "The domain of the site.")
/// let runtime = HostParameter("runtime", "string|nil", isOptional: true, documentation: "The PHP runtime.")
/// ```
public struct HostParameter: Sendable, Hashable {
    /// The name, used in error messages and stubs.
    public var name: String
    /// The type as editor stubs write it: `string`, `integer`, `string|string[]`, `ServerPilot.AppOptions`.
    public var type: String
    /// Whether calls can omit the parameter.
    public var isOptional: Bool
    /// Whether the function takes text for people: of the first parameter, Lua then passes a table as the text that `print`
    /// shows of it.
    public var isText: Bool
    /// The description, in a sentence.
    public var documentation: String

    /// Whether the type includes a list; the host then rejects a list with a hole before it calls the function.
    var takesList: Bool { type.split(separator: "|").contains { $0.hasSuffix("[]") } }

    /// Creates a parameter.
    public init(
        _ name: String, _ type: String, isOptional: Bool = false, isText: Bool = false, documentation: String = ""
    ) {
        self.name = name
        self.type = type
        self.isOptional = isOptional
        self.isText = isText
        self.documentation = documentation
    }
}
