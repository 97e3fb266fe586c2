/// The reason for a lookup.
package enum LookReason: Hashable, Sendable {
    /// Before a creation is first sent: resources that exist already are never taken for its result.
    case before
    /// A reply was lost.
    case lostReply
    /// The change was refused; behind a proxy, a request that was executed can be refused too.
    case refusal
    /// A person chose an existing resource as the result.
    case adoption
}
