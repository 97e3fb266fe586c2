/// The strictness of an argument check: that of sprun before it sends a call, or that of the API.
package struct ArgumentStandard: Sendable {
    /// Whether a rule for a value is enforced.
    package let isEnforced: @Sendable (Constraint) -> Bool
    /// The unit in which lengths are counted.
    package let lengthUnit: LengthUnit
    /// Whether `null` and `{}` pass for optional values, and ids must fit into a path.
    ///
    /// The API itself decides whether it accepts `null` and `{}` as no value, and looks up any id.
    package let isTolerant: Bool

    /// Creates a standard.
    package init(
        isEnforced: @escaping @Sendable (Constraint) -> Bool, lengthUnit: LengthUnit = .characters, isTolerant: Bool
    ) {
        self.isEnforced = isEnforced
        self.lengthUnit = lengthUnit
        self.isTolerant = isTolerant
    }

    /// The standard before a call is sent: only values that the API certainly refuses are problems.
    package static let certain = ArgumentStandard(isEnforced: \.isCertain, lengthUnit: .unknown, isTolerant: true)

    /// Returns the standard of the API, which enforces the rules that the closure selects.
    package static func api(
        counting unit: LengthUnit = .characters, enforcing isEnforced: @escaping @Sendable (Constraint) -> Bool
    ) -> ArgumentStandard {
        ArgumentStandard(isEnforced: isEnforced, lengthUnit: unit, isTolerant: false)
    }
}
