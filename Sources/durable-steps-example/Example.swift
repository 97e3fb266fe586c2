internal import AsyncHTTPClient
internal import DurableSteps
internal import Foundation
internal import Groundwork
internal import NIOCore
internal import NIOHTTP1
internal import OrderedCollections
internal import RunJournal

/// Orders goods at a shop with an ordinary HTTP API, each exactly once, although the process may be killed at any time.
///
/// The shop makes an order for each `POST /orders`, and lists them at `GET /orders`. It has no idempotency keys.
@main
struct Example {
    static let usage = """
        usage: durable-steps-example FOLDER URL REFERENCE…
        Orders each REFERENCE at the shop of URL. FOLDER holds the journal; run the same command again after a crash.
        """

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 3, !arguments[0].hasPrefix("-") else {
            print(usage)
            exit(arguments == ["--help"] ? 0 : 64)
        }
        let (folder, references) = (arguments[0], Array(arguments[2...]))
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let store = try SQLiteRunStore(path: "\(folder)/journal.db", keyPath: "\(folder)/journal.key")
        let id = RunID(rawValue: "orders")
        let isKnown = try await store.runs().contains { $0.header.id == id }
        let run = isKnown ? try await store.resumeRun(id) : try await store.beginRun(header(id, shop: arguments[1]))
        let shop = Shop(url: arguments[1])
        let result = try await DurableProgram.run(
            run, time: WallClock(), random: { UInt64.random(in: .min ... .max) }
        ) { line in
            let orders = try await line.each(references) { line, reference in
                try await line.change(
                    "order", ["reference": .string(reference)], recovery: .lookup(Lookup(isUnique: true)),
                    look: { try await shop.orders(reference) }
                ) { _ in
                    try await shop.order(reference)
                }
            }
            let count = try await line.observe("count") { .integer(Int64(try await shop.orders().count)) }
            return ["orders": .array(orders), "count": count]
        }
        print(result.text())
    }

    /// Returns the header of a new run.
    static func header(_ id: RunID, shop url: String) -> RunHeader {
        RunHeader(
            id: id, recipe: "durable-steps-example", recipeDigest: "", parameters: [:], account: url, accountName: url,
            seed: 0, lua: "", program: "1", started: WallClock().now)
    }
}

/// The clock of this machine.
struct WallClock: TimeSource {
    var now: Timestamp { Timestamp(epochSeconds: Int64(Date().timeIntervalSince1970)) }
    func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}

/// The API of the shop.
struct Shop: Sendable {
    let url: String

    /// Makes an order, once.
    func order(_ reference: String) async throws -> JSONValue {
        var request = HTTPClientRequest(url: "\(url)/orders")
        request.method = .POST
        let order: JSONValue = ["reference": .string(reference)]
        request.body = .bytes(ByteBuffer(bytes: order.bytes))
        return try await send(request)
    }

    /// Returns all orders, or those of a reference.
    func orders(_ reference: String? = nil) async throws -> [Sighting.Candidate] {
        try await send(HTTPClientRequest(url: "\(url)/orders")).arrayValue.map { orders in
            orders.map { order in
                Sighting.Candidate(
                    id: order["id"]?.stringValue, value: order,
                    isMatch: reference == nil || order["reference"]?.stringValue == reference)
            }
        } ?? []
    }

    private func send(_ request: HTTPClientRequest) async throws -> JSONValue {
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(5))
        let body = try await response.body.collect(upTo: 1 << 20)
        // A refusal says that nothing was done; after any other failure, an order may have been made.
        guard response.status.code < 400 || response.status.code >= 500 else {
            throw StepFailure(
                code: "refused", message: "the shop refused it: \(response.status.code)", delivery: .rejected)
        }
        guard response.status.code < 300 else {
            throw StepFailure(code: "failed", message: "the shop failed: \(response.status.code)", delivery: .ambiguous)
        }
        return try JSONValue(bytes: Array(body.readableBytesView))
    }
}
