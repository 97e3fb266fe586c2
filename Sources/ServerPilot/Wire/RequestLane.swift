/// The lane of the requests that the current task makes; see `RequestPacer` of ServerPilotClient.
package enum RequestLane {
    /// The lane; 0 outside of all lanes.
    @TaskLocal package static var current = 0
}
