/// The version in `--version` and in the user agent.
package enum Version {
    /// The version of sprun.
    package static let number = "0.1.0"
}
