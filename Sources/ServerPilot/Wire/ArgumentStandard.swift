/// How strictly arguments are checked: as before a call is sent, or as the API does.
public struct ArgumentStandard: Sendable {
    /// Which rules of values count.
    public let isEnforced: @Sendable (Constraint) -> Bool
    /// In which unit lengths are counted.
    public let lengthUnit: LengthUnit
    /// Whether what the API may accept passes, and what does not fit into a path does not.
    ///
    /// The API itself knows whether it takes `null` and `{}` for nothing, and looks for whatever id it is given.
    public let isTolerant: Bool

    /// A standard of its own.
    public init(
        isEnforced: @escaping @Sendable (Constraint) -> Bool, lengthUnit: LengthUnit = .characters, isTolerant: Bool
    ) {
        self.isEnforced = isEnforced
        self.lengthUnit = lengthUnit
        self.isTolerant = isTolerant
    }

    /// Before a call is sent: only what the API certainly refuses is a problem.
    public static let certain = ArgumentStandard(isEnforced: \.isCertain, lengthUnit: .unknown, isTolerant: true)

    /// As the API checks, with these of the rules of values.
    public static func api(
        counting unit: LengthUnit = .characters, enforcing isEnforced: @escaping @Sendable (Constraint) -> Bool
    ) -> ArgumentStandard {
        ArgumentStandard(isEnforced: isEnforced, lengthUnit: unit, isTolerant: false)
    }
}
