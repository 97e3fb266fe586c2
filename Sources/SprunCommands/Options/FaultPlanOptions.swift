internal import ArgumentParser
internal import Groundwork
internal import ServerPilot
internal import ServerPilotSimulator
internal import SystemPackage

/// Options for deliberate faults in a simulation.
struct FaultPlanOptions: ParsableArguments {
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

    /// Whether any of these options is given.
    var isGiven: Bool { faults != nil || !specifications.isEmpty || !connections.isEmpty }

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
}

extension FaultPlanError {
    /// The reason, preceded by the key of the faulty member if there is one.
    fileprivate var keyAndReason: String {
        path == "$" ? reason : "\(path.dropFirst(2)): \(reason)"
    }
}
