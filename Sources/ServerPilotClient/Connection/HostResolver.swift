internal import NIOPosix

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A resolver of host names.
struct HostResolver: Sendable {
    /// The reason why a name has no addresses: no such host, or no answer from the name service.
    enum Failure: Error {
        case unknownHost
        case nameService
    }

    /// The addresses of a name, in the order in which to try them.
    let addresses: @Sendable (_ host: String) async throws -> [IPAddress]

    /// The system's resolver, which waits for the network on its own thread.
    static let system = HostResolver { host in
        try await NIOThreadPool.singleton.runIfActive { try ask(host) }
    }

    private static func ask(_ host: String) throws -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        // Request one socket type, so that each address is returned once.
        #if canImport(Glibc)
            hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        // -5 means that the name has no address; old resolvers also return it for names that do not exist.
        if status == EAI_NONAME || status == -5 { throw Failure.unknownHost }
        guard status == 0 else { throw Failure.nameService }
        var found: [IPAddress] = []
        var next = list
        while let entry = next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let given = entry.pointee
            if getnameinfo(given.ai_addr, given.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0,
                // Remove the zone of a link-local address: it is not needed, because such an address is not public.
                let address = IPAddress(
                    String(decoding: text.prefix { $0 != 0 && $0 != 0x25 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                ),
                !found.contains(address)
            {
                found.append(address)
            }
            next = given.ai_next
        }
        return found
    }
}

extension IPAddress: CustomStringConvertible {
    /// The address as text.
    var description: String {
        var text = [CChar](repeating: 0, count: 64)
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
