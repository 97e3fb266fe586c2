import Glibc

/// A port of this machine that refuses connections for as long as it lives: it is taken, and nobody listens.
///
/// A port that was merely free a moment ago may be another program's by now.
final class RefusingPort: Sendable {
    let number: Int
    private let descriptor: CInt

    init() throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) != 0 || getsockname(descriptor, $0, &length) != 0
            }
        }
        number = Int(UInt16(bigEndian: address.sin_port))
        if failed { throw SocketFailure(code: errno) }
    }

    deinit { close(descriptor) }

    private struct SocketFailure: Error { let code: CInt }
}
