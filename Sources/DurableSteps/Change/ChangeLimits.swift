/// The limits of one change, each with its reason.
package enum ChangeLimits {
    /// The pauses before each look for the result of a request without a reply: at first it may still be in flight.
    package static let settling: [Duration] = [.seconds(2), .seconds(5)]
    /// The maximum wait after a temporary refusal before the engine continues, whatever the API asks for.
    package static let coolingDown = Duration.seconds(300)
    /// The maximum number of tries without an outcome before the run stops, crashes counted.
    ///
    /// A request that fails five times the same way fails the sixth time too.
    package static let attempts = 5
    /// The maximum number of failed looks before the run ends unfinished, to be resumed when the API answers again.
    static let looks = 4
    /// The pause between failed looks.
    static let lookPause = Duration.seconds(3)
    /// The maximum time between the store's last confirmation and a request.
    ///
    /// After a longer time the request is sent only once the store confirms that the run still owns the account. The
    /// process may have been suspended, and another run may have taken over.
    static let standstill = Duration.seconds(1)
    /// The maximum number of checks with the store before one request: the check is repeated if the answer takes longer
    /// than a standstill.
    static let permitChecks = 3
}
