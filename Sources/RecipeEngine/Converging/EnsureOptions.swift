internal import LuaHost
internal import ServerPilot

/// The second argument of `ensure_*`: whether and how long to wait.
struct EnsureOptions {
    /// Whether to wait for the action of a change.
    var waits: Bool
    /// How long.
    var timeout: Duration
    /// When a password is set: none can be read, so nobody knows whether it is the wanted one.
    var passwords = PasswordRule.creation

    /// When `ensure_*` sets a password.
    enum PasswordRule: String, CaseIterable {
        /// When what it belongs to is made, and not again.
        case creation
        /// Each time.
        case always

        /// The field of the wanted table.
        static let field = Field(
            name: "set_password", type: .enumeration(allCases.map(\.rawValue)), isRequired: false, secrecy: .open,
            documentation: "When the password is set: on creation only (the default), or always.")
    }

    /// Reads the options; nothing at all gives the defaults.
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
            default: throw arguments.unknownOption(position, field.key, known: ["wait", "timeout"])
            }
        }
    }
}
