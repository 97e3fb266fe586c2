internal import DurableSteps
package import ServerPilot

/// A fact that only time decides, as read by a line of the recipe.
///
/// ```swift
/// func conditions(of branch: PlanBranch) -> String {
///     branch.conditions.map { "\($0.words) (\($0.site))" }.joined(separator: " and ")
/// }
/// ```
public struct PlanAnswer: Hashable, Sendable {
    /// The fact and its resource, with the resource's id as the plan has it.
    package var subject: TimedSubject
    /// The line of the recipe that read the fact, such as `new-site.lua:101`.
    public let site: String
    /// Whether the fact held.
    public let holds: Bool

    /// Creates an answer.
    package init(_ subject: TimedSubject, site: String, holds: Bool) {
        self.subject = subject
        self.site = site
        self.holds = holds
    }

    /// The fact as a sentence: `AutoSSL is available for the app 'acme'`.
    public var words: String { subject.fact.sentence(about: subject.name, holds: holds) }
}
