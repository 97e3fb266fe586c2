internal import DurableSteps
internal import Groundwork
internal import ServerPilot

extension StepFailure {
    /// Creates the record of a failure of the account's API.
    init(_ error: ServerPilotError) {
        self.init(
            code: error.code.rawValue, message: error.message, status: error.status, delivery: error.delivery)
    }

    /// Whether the request has certainly changed nothing; a script that failed may have done half of its work.
    var wasNotTaken: Bool { code != RecipeError.shellExit && !mayHaveChanged }

    /// Returns the failure as an error of that operation.
    func error(of operation: ServerPilot.Operation.Name) -> ServerPilotError {
        ServerPilotError(
            code: ServerPilotError.Code(rawValue: code), message: message, status: status, operation: operation,
            delivery: delivery ?? .ambiguous)
    }
}

extension RecipeError {
    /// Creates the error of an operation from its record.
    ///
    /// - Parameters:
    ///   - failure: the failure; the API's own failures have no details.
    ///   - operation: the operation.
    ///   - object: the name of the resource.
    init(_ failure: StepFailure, of operation: ServerPilot.Operation.Name, object: String?) {
        if failure.details == nil {
            self.init(failure.error(of: operation), object: object)
        } else {
            self.init(failure)
        }
    }
}
