public import ServerPilot

extension ServerPilotError {
    /// The reason why the request was not sent, for a failure with the code `notConnected`; otherwise `nil`.
    public var connectionFailure: ConnectionFailure? { cause as? ConnectionFailure }
}
