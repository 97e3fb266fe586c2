/// A function that recipes can call, or the function `recipe`, as the reference shows it.
package struct ReferencedFunction: Hashable, Sendable {
    /// The name in recipes: `sp.create_app`, `import`.
    package let name: String
    /// The name with its parameters: `sp.wait(actions, options?)`.
    package let signature: String
    /// The purpose, with a one-sentence summary first.
    package let documentation: String
    /// The heading under which a list shows the function: `apps`.
    package let group: String
    /// The arguments and the members of tables of arguments.
    package let fields: [ReferencedField]
    /// The types of the results.
    package let results: [String]
    /// The resources among the results, with the names of their fields: `App: id, name, …`.
    package let shapes: [String]
    /// The rules about the account that ServerPilot checks.
    package let refusals: [Refusal]
    /// The codes of the errors that the call can raise, besides those of every request.
    package let errors: [String]
    /// A recipe that shows the call, and that a test runs on the simulated account.
    package let example: String

    /// A rule about the account that refuses a call.
    package struct Refusal: Hashable, Sendable {
        /// The rule as a sentence.
        package let sentence: String
        /// The code of the error.
        package let code: String
    }
}
