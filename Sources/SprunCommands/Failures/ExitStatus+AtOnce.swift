#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension ExitStatus {
    /// Ends the process now, without waiting for any thread of it.
    func atOnce() { _exit(rawValue) }
}
