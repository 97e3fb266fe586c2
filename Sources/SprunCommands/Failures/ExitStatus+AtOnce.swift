#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension ExitStatus {
    /// Exits the process immediately, without waiting for any of its threads.
    func atOnce() { _exit(rawValue) }
}
