/// A step with the call that it makes.
///
/// ```swift
/// let step = StepID(.coroutine(.root), call: 3, part: 1)
/// let call = StepCall(step, .own("create_app"), site: "site.lua:12")
/// print(call.description(of: "shop"))  // create_app shop at site.lua:12
/// ```
public struct StepCall: Hashable, Sendable {
    /// The step.
    public var step: StepID
    /// The operation or function.
    public var call: Call
    /// A keyed digest of the arguments; empty if there are none.
    public var digest: String
    /// The line of the recipe, such as `site.lua:12`; empty if unknown.
    public var site: String

    /// Creates a call.
    public init(_ step: StepID, _ call: Call, digest: String = "", site: String = "") {
        self.step = step
        self.call = call
        self.digest = digest
        self.site = site
    }
}
