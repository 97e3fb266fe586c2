internal import LuaHost
internal import RecipeLanguage
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
    init(_ arguments: LuaArguments, at position: Int, limits: RunLimits, waits: Bool = true) throws(LuaArgumentError) {
        let reader = try FieldReader(options: arguments, at: position)
        try reader.expect(CallOption.waiting.names)
        self.waits = try reader.flag("wait") ?? waits
        timeout = try reader.duration("timeout", atMost: limits.longestWait) ?? limits.wait
    }

    /// Waits for the action that a change queued, unless the recipe does not want it.
    func wait(for reply: Reply, in scope: StepScope) async throws {
        guard waits, let action = reply.actionID else { return }
        _ = try await scope.wait(for: [action], timeout: timeout)
    }
}
