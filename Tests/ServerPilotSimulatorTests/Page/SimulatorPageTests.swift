import AsyncHTTPClient
import Groundwork
import HTTPTypes
import NIOCore
import NIOHTTP1
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

/// What the page's two paths answer; what people see on it, `SimulatorPageInBrowserTests` looks at in a browser.
@Suite("The simulator's page", .timeLimit(.minutes(5)))
struct SimulatorPageTests {
    private struct Answer {
        let status: UInt
        let headers: [String: String]
        let text: String

        func header(_ name: String) -> String? { headers[name] }
    }

    /// Serves the stage's simulator with its page and asks for paths.
    private func ask(
        _ stage: Stage, _ requests: [(path: String, headers: [String: String])]
    ) async throws -> [Answer] {
        let answers = Answers()
        try await withServer(stage, page: true) { address in
            let origin = address.pageURL.dropLast()
            for (path, headers) in requests {
                var request = HTTPClientRequest(url: origin + path)
                for (name, value) in headers { request.headers.add(name: name, value: value) }
                let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
                let body = try await response.body.collect(upTo: 1 << 22)
                let names = response.headers.map { ($0.name.lowercased(), $0.value) }
                await answers.add(
                    Answer(
                        status: response.status.code, headers: Dictionary(names, uniquingKeysWith: { $1 }),
                        text: String(buffer: body)))
            }
        }
        return await answers.all
    }

    private actor Answers {
        var all: [Answer] = []
        func add(_ answer: Answer) { all.append(answer) }
    }

    private static let state = "/_simulator/state"

    @Test("loads nothing from elsewhere and runs only its own script")
    func policy() async throws {
        let answers = try await ask(Stage(), [("/", [:]), ("/", [:])])
        let policy = try #require(answers[0].header("content-security-policy"))
        #expect(policy.hasPrefix("default-src 'none'; "))
        #expect(!policy.contains("unsafe"))
        let nonce = try #require(policy.firstMatch(of: #/script-src 'nonce-(\w+)'/#)?.output.1)
        #expect(answers[0].text.contains("<script nonce=\"\(nonce)\">"))
        #expect(!answers[0].text.contains("{{"))
        #expect(!answers[1].text.contains("nonce=\"\(nonce)\""), "each page has its own")
        #expect(answers[0].header("content-type") == "text/html; charset=utf-8")
        #expect(answers[0].header("cache-control") == "no-store")
    }

    @Test("shows every resource of the account, and no secrets")
    func content() async throws {
        let furnished = try await FurnishedStage()
        let answers = try await ask(furnished.stage, [(Self.state, [:])])
        let state = try JSONValue(text: answers[0].text)
        func ids(_ name: String) -> Set<String> {
            Set(state[name]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? [])
        }
        let account = furnished.stage.simulator.account
        #expect(ids("servers") == Set(account.servers.keys.map(\.rawValue)))
        #expect(ids("sysusers") == Set(account.sysusers.keys.map(\.rawValue)))
        #expect(ids("apps") == Set(account.apps.keys.map(\.rawValue)))
        #expect(ids("dbs") == Set(account.databases.keys.map(\.rawValue)))
        #expect(ids("sshkeys") == Set(account.sshkeys.keys.map(\.rawValue)))
        #expect(state["counts"]?["open_actions"] == 2, "those of the two certificates")
        #expect(state["actions"]?.arrayValue?.first?["status"] == "open")
        for secret in ["PRIVATE KEY", "longenough", furnished.stage.simulator.credentials.apiKey.reveal()] {
            #expect(!answers[0].text.contains(secret))
        }
    }

    @Test("an up-to-date page gets no content until something happens or ends")
    func unchanged() async throws {
        let furnished = try await FurnishedStage()
        let first = try await ask(furnished.stage, [(Self.state, [:])])
        let tag = try #require(first[0].header("etag"))
        let again = try await ask(furnished.stage, [(Self.state, ["if-none-match": tag])])
        #expect(again[0].status == 304)
        #expect(again[0].text.isEmpty)
        try await furnished.stage.wait(.seconds(10))
        let later = try await ask(furnished.stage, [(Self.state, ["if-none-match": tag])])
        #expect(later[0].status == 200, "an action has ended")
    }

    @Test("is open on this machine under its own names, and with credentials for a copy of a real account")
    func access() async throws {
        let stage = Stage()
        let right = stage.simulator.credentials.authorization.reveal()
        let paths = ["/", Self.state]
        let asked = paths.flatMap { path in
            [
                (path, [:]), (path, ["host": "evil.example"]), (path, ["host": "127.0.0.1.evil.example"]),
                (path, ["host": "localhost.evil.example:80"]),
                (path, ["host": "evil.example", "authorization": right]),
                (path, ["host": "evil.example", "authorization": "Basic AAAA"]), (path, ["host": "localhost:1"]),
                (path, ["host": "[::1]:80"]),
            ]
        }
        let answers = try await ask(stage, asked)
        #expect(answers.prefix(8).map(\.status) == [200, 401, 401, 401, 200, 401, 200, 200])
        #expect(answers.suffix(8).map(\.status) == [200, 401, 401, 401, 200, 401, 200, 200])
        #expect(answers[1].header("www-authenticate")?.hasPrefix("Basic ") == true)

        stage.simulator.change { account, _ in account.settings.isCopy = true }
        let ofCopy = try await ask(stage, [("/", [:]), (Self.state, [:]), (Self.state, ["authorization": right])])
        #expect(ofCopy.map(\.status) == [401, 401, 200])
    }

    @Test("without a page, its path requires credentials like any other path")
    func absent() async throws {
        let stage = Stage()
        try await withServer(stage) { address in
            let request = HTTPClientRequest(url: address.pageURL)
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
            #expect(response.status == .unauthorized, "as at any path, credentials come first")
        }
    }
}
