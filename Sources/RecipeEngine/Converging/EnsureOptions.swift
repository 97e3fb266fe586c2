internal import LuaHost
internal import ServerPilot

/// The options of `ensure_*`, its second argument.
struct EnsureOptions {
    /// Whether to wait for the action of a change.
    var waits: Bool
    /// The time limit of the wait.
    var timeout: Duration
    /// The rule for setting a password, which cannot be read and so cannot be compared.
    var passwords = PasswordRule.creation

    /// The rules for setting a password.
    enum PasswordRule: String, CaseIterable {
        /// Only when the resource that it belongs to is created.
        case creation
        /// Each time that `ensure_*` runs.
        case always

        /// The field of the wanted table that selects the rule.
        static let field = Field(
            name: "set_password", type: .enumeration(allCases.map(\.rawValue)), isRequired: false, secrecy: .open,
            documentation: "When to set the password: \"creation\" (the default) or \"always\".")
    }

    /// Reads the options; a missing argument means the defaults.
    init(_ arguments: LuaArguments, at position: Int, limits: RunLimits, waits: Bool) throws(LuaArgumentError) {
        self.waits = waits
        timeout = limits.wait
        guard !arguments[position].isNil else { return }
        for field in try arguments.table(position).fields {
            switch (field.key, field.value) {
            case ("wait", .boolean(let value)): self.waits = value
            case ("wait", _): throw arguments.invalid(position, "wait must be true or false")
            case ("timeout", let value):
                timeout = try arguments.duration(position, value, atMost: limits.longestWait)
            default: throw arguments.unknownOption(position, field.key, known: CallOption.waiting.names)
            }
        }
    }
}
