public import ServerPilot

extension ServerPilotError {
    /// Why the request was not sent, of a failure with the code `notConnected`.
    public var connectionFailure: ConnectionFailure? { cause as? ConnectionFailure }
}
