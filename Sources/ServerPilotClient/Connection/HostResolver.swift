internal import NIOPosix

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Finds the addresses of hosts.
struct HostResolver: Sendable {
    /// Nobody answers, or there is no such host.
    enum Failure: Error {
        case unknownHost
        case nameService
    }

    /// The addresses of a name, in the order in which they should be tried.
    let addresses: @Sendable (_ host: String) async throws -> [IPAddress]

    /// What the system knows: it waits for the network on a thread of its own.
    static let system = HostResolver { host in
        try await NIOThreadPool.singleton.runIfActive { try ask(host) }
    }

    private static func ask(_ host: String) throws -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        // Of one kind, so that each address comes once.
        #if canImport(Glibc)
            hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        // -5: the name has no address; of old resolvers the same as that it does not exist.
        if status == EAI_NONAME || status == -5 { throw Failure.unknownHost }
        guard status == 0 else { throw Failure.nameService }
        var found: [IPAddress] = []
        var next = list
        while let entry = next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let given = entry.pointee
            if getnameinfo(given.ai_addr, given.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0,
                // A zone behind a link-local address goes, and with it nothing: it is not public.
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
