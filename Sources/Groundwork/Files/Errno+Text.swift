internal import SystemPackage

extension Error {
    /// The text of an error for a message: for an `Errno` the system's message in lower case, such as
    /// `no such file or directory`.
    package var plainDescription: String {
        guard let error = self as? Errno else { return "\(self)" }
        return error.description.prefix(1).lowercased() + error.description.dropFirst()
    }
}
