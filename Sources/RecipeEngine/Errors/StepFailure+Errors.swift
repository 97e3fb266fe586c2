internal import ServerPilot

extension StepFailure {
    /// Creates the record of a failure of the account's API.
    init(_ failure: RecordedFailure) {
        self.init(
            code: failure.code, message: failure.message, status: failure.status, delivery: failure.delivery.rawValue)
    }

    /// Creates the record of a failure of a function.
    init(_ error: RecipeError) {
        self.init(
            code: error.code, message: error.message, status: error.status, delivery: error.delivery?.rawValue,
            details: Details(operation: error.operation, object: error.object, hint: error.hint, token: error.token))
    }
}

extension RecordedFailure {
    /// Creates the failure from its record; a failure of which nothing is known may have been executed.
    init(_ failure: StepFailure) {
        self.init(
            code: failure.code, message: failure.message, status: failure.status,
            delivery: failure.delivery.flatMap(Delivery.init) ?? .ambiguous)
    }
}

extension RecipeError {
    /// Creates the error from its record.
    init(_ failure: StepFailure) {
        self.init(
            code: failure.code, message: failure.message, status: failure.status,
            operation: failure.details?.operation, object: failure.details?.object, hint: failure.details?.hint,
            token: failure.details?.token, delivery: failure.delivery.flatMap(Delivery.init))
    }
}
