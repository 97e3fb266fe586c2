internal import ArgumentParser
internal import Groundwork
internal import ServerPilot
internal import ServerPilotSimulator
internal import SystemPackage

/// Options for deliberate faults in a simulation.
struct FaultOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Read faults and connection times from this JSON file.", valueName: "file"))
    var faults: String?

    @Option(
        name: .customLong("fault"),
        help: ArgumentHelp("Add a fault: create_app:2=reply_lost (or 'help').", valueName: "spec"))
    var specifications: [String] = []

    @Option(
        name: .customLong("connect"),
        help: ArgumentHelp("Delay when new servers connect: 90s or www*=90s.", valueName: "time"))
    var connections: [String] = []

    @Flag(help: "Allow changing faults over HTTP; print a token for it.")
    var control = false

    func validate() throws {
        if specifications.contains("help") { throw CleanExit.message(Fault.guide) }
        for text in specifications {
            do throws(FaultPlanError) { _ = try Fault(text: text) } catch {
                throw ValidationError("--fault '\(text)': \(error.keyAndReason)")
            }
        }
        for text in connections {
            do throws(FaultPlanError) { _ = try FaultPlan.Connection(text: text) } catch {
                throw ValidationError("--connect '\(text)': \(error.reason)")
            }
        }
    }

    /// Returns the initial faults: those in the file, then those of the command line.
    ///
    /// - Throws: `CommandFailure`: `unreadable_file`, or `invalid_setting` with the JSON path of the mistake.
    func state(random: SeededRandom) throws -> FaultState {
        var plan = FaultPlan()
        if let faults {
            let bytes = try PrivateFile.read(FilePath(faults), what: "the file of faults")
            do throws(FaultPlanError) { plan = try FaultPlan(bytes: bytes) } catch {
                throw CommandFailure(
                    "invalid_setting", "the faults in '\(faults)' cannot be used: \(error)",
                    hint: "'sprun simulate --fault help' shows the form")
            }
        }
        plan.faults += try specifications.map { try Fault(text: $0) }
        // Rules of the command line come before those in the file, because the first matching rule applies.
        plan.connections = try connections.map { try FaultPlan.Connection(text: $0) } + plan.connections
        return FaultState(plan, random: random)
    }

    /// Returns a new token that requests to the control path must carry; `nil` without `--control`.
    ///
    /// The token is a password, so it does not come from the simulation's seed.
    func token() -> Secret<String>? {
        guard control else { return nil }
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        // 40 of 62 characters: 238 bits.
        return Secret(String((0..<40).map { _ in letters.randomElement() ?? "0" }))
    }
}

extension FaultPlanError {
    /// The reason, preceded by the key of the faulty member if there is one.
    fileprivate var keyAndReason: String {
        path == "$" ? reason : "\(path.dropFirst(2)): \(reason)"
    }
}
