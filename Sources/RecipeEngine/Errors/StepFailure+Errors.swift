public import DurableSteps
internal import Groundwork
internal import ServerPilot

extension StepFailure {
    /// Creates the record of a failure of the account's API.
    init(_ error: ServerPilotError) {
        self.init(
            code: error.code.rawValue, message: error.message, status: error.status, delivery: error.delivery)
    }

    /// Creates the record of a failure of a function.
    init(_ error: RecipeError) {
        self.init(
            code: error.code, message: error.message, status: error.status, delivery: error.delivery,
            details: Details(operation: error.operation, object: error.object, hint: error.hint, token: error.token))
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

extension RecipeError: StepFailing {
    /// The record of the failure.
    public var stepFailure: StepFailure { StepFailure(self) }

    /// Creates the error from its record.
    init(_ failure: StepFailure) {
        self.init(
            code: failure.code, message: failure.message, status: failure.status,
            operation: failure.details?.operation, object: failure.details?.object, hint: failure.details?.hint,
            token: failure.details?.token, delivery: failure.delivery)
    }

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
