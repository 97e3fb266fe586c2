internal import Dispatch
internal import FoundationEssentials
internal import RecipeEngine

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The addresses that the system's resolver returns.
struct SystemNames: NameLookup {
    func addresses(of name: String) async throws(NameLookupFailure) -> [String] {
        let result: Result<[String], NameLookupFailure> = await withCheckedContinuation { continuation in
            // The call blocks until the network answers, so it must not use a thread of Swift's pool.
            DispatchQueue.global().async { continuation.resume(returning: Self.ask(name)) }
        }
        return try result.get()
    }

    private static func ask(_ name: String) -> Result<[String], NameLookupFailure> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        // One socket type, so that each address is listed once.
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(name, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        // -5 (EAI_NODATA): the name has no address; old resolvers also return it for a name that does not exist.
        if status == EAI_NONAME || status == -5 { return .success([]) }
        guard status == 0 else {
            return .failure(NameLookupFailure("'\(name)': \(String(cString: gai_strerror(status)))"))
        }
        var found: Set<String> = []
        var next = list
        while let entry = next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let given = entry.pointee
            if getnameinfo(given.ai_addr, given.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 {
                found.insert(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
            }
            next = given.ai_next
        }
        return .success(found.sorted())
    }
}
