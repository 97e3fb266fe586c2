/// What `--version` and the user agent say.
package enum Version {
    /// The version of sprun.
    package static let number = "0.1.0"
}
