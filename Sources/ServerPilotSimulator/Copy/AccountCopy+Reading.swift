internal import Groundwork
internal import OrderedCollections
public import ServerPilot

extension AccountCopy {
    /// The number of concurrent requests about single resources: the pace of clients in the field.
    static let requestsAtATime = 4

    /// The progress of reading an account.
    public struct Progress: Hashable, Sendable {
        /// The number of answered requests.
        public let done: Int
        /// The total number of requests, as far as it is known.
        public let all: Int
    }

    /// Reads an account, with GETs only.
    ///
    /// The requests are five lists, then each SSH key for its holders, and each app with domains and without SSL for
    /// its AutoSSL. Children are listed before their parents, so that a child created meanwhile does not appear without
    /// its parent.
    ///
    /// - Parameters:
    ///   - transport: the connection to the account.
    ///   - progress: receives the progress after each reply.
    /// - Returns: The copy.
    /// - Throws: `ServerPilotError`.
    public static func read(
        from transport: any Transport, progress: @Sendable (Progress) -> Void = { _ in }
    ) async throws(ServerPilotError) -> AccountCopy {
        var copy = AccountCopy()
        var done = 0
        func list<Thing: Model>(_ operation: Operation.Name) async throws(ServerPilotError) -> [Thing] {
            let things = try await transport.things(operation) as [Thing]
            done += 1
            progress(Progress(done: done, all: 5))
            return things
        }
        copy.databases = try await list("dbs")
        copy.apps = try await list("apps")
        copy.sysusers = try await list("sysusers")
        copy.servers = try await list("servers")
        copy.sshkeys = try await list("sshkeys")

        let keys = copy.sshkeys.map { SingleRead(operation: "sshkey", id: $0.id.rawValue) }
        let apps = copy.apps.filter { $0.ssl == nil && !$0.domains.isEmpty }
            .map { SingleRead(operation: "app", id: $0.id.rawValue) }
        let all = 5 + keys.count + apps.count
        let details = try await transport.details(keys + apps) { progress(Progress(done: 5 + $0, all: all)) }
        copy.sshkeys = try copy.sshkeys.replaced(by: details, id: \.id.rawValue)
        copy.apps = try copy.apps.replaced(by: details, id: \.id.rawValue)
        return copy
    }
}

/// A GET of one resource.
private struct SingleRead: Hashable, Sendable {
    let operation: Operation.Name
    let id: String
}

extension Array where Element: Model {
    /// Returns the resources, each replaced by its single reply if there is one.
    fileprivate func replaced(
        by details: [String: JSONValue], id: (Element) -> String
    ) throws(ServerPilotError) -> [Element] {
        var things: [Element] = []
        for thing in self { things.append(try details[id(thing)].map(Element.init) ?? thing) }
        return things
    }
}

extension Transport {
    fileprivate func read(
        _ name: Operation.Name, _ arguments: JSONObject = [:]
    ) async throws(ServerPilotError) -> JSONValue {
        guard let operation = Operation.named(name), !operation.changesAccount else {
            throw ServerPilotError(
                code: .invalidArguments, message: "there is no reading operation \(name)", delivery: .notSent)
        }
        return operation.withoutHidden(try await call(operation, arguments).data)
    }

    fileprivate func things<Thing: Model>(_ name: Operation.Name) async throws(ServerPilotError) -> [Thing] {
        var things: [Thing] = []
        for element in try await read(name).arrayValue ?? [] { things.append(try Thing(element)) }
        return things
    }

    /// Returns the single replies by id, without resources deleted meanwhile.
    fileprivate func details(
        _ reads: [SingleRead], progress: (Int) -> Void
    ) async throws(ServerPilotError) -> [String: JSONValue] {
        do {
            return try await withThrowingTaskGroup(of: (String, JSONValue?).self) { group in
                var found: [String: JSONValue] = [:]
                var waiting = reads[...]
                func begin() {
                    guard let next = waiting.popFirst() else { return }
                    group.addTask { (next.id, try await self.detail(next)) }
                }
                for _ in 0..<AccountCopy.requestsAtATime { begin() }
                var done = 0
                for try await (id, value) in group {
                    found[id] = value
                    done += 1
                    progress(done)
                    begin()
                }
                return found
            }
        } catch let error as ServerPilotError {
            throw error
        } catch {
            throw ServerPilotError(code: .cancelled, message: "the reading was cancelled", delivery: .notSent)
        }
    }

    private func detail(_ read: SingleRead) async throws(ServerPilotError) -> JSONValue? {
        do throws(ServerPilotError) {
            return try await self.read(read.operation, ["id": .string(read.id)])
        } catch  where error.code == .notFound {
            return nil
        }
    }
}
