internal import LuaHost
internal import ServerPilot

extension SPLibrary {
    /// How the installer is run where the recipe has said how to reach the machine.
    ///
    /// - Throws: `LuaArgumentError` where it is said wrongly, `RecipeError` where the recipe may not.
    func installation(
        _ request: ConnectRequest, _ arguments: LuaArguments, _ scope: StepScope
    ) throws -> ServerConnector.Installation? {
        guard let ssh = request.ssh else { return nil }
        let name = "sp.connect_server"
        let reader = FieldReader(given: ssh.fields, arguments: arguments, position: 0)
        try reader.expect(ShellTarget.known)
        let target = try ShellTarget(reader, session)
        // Before the record is made, not after it.
        try realm.check(.ssh, for: name)
        return { script, input in
            let order = ShellOrder(name: name, script: Secret(script), input: input, timeout: request.timeout)
            _ = try await scope.run(order, on: target)
        }
    }
}
