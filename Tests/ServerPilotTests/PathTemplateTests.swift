import Groundwork
import OrderedCollections
import ServerPilot
import Testing

@Suite("Paths")
struct PathTemplateTests {
    let template: PathTemplate = "/sysusers/:id/sshkeys/:sshkey_id"

    @Test("variables are filled in and extracted again")
    func both() {
        let values = ["id": "PPkfc1NECzvwiEBI", "sshkey_id": "aUAG0Z3p0F3xmc6R"]
        let path = template.path(values)
        #expect(path == "/sysusers/PPkfc1NECzvwiEBI/sshkeys/aUAG0Z3p0F3xmc6R")
        #expect(template.match((path ?? "").dropFirst().split(separator: "/")) == values)
        #expect(template.description == "/sysusers/:id/sshkeys/:sshkey_id")
    }

    @Test(
        "other paths do not match",
        arguments: ["", "sysusers", "sysusers/a/sshkeys", "sysusers/a/b/c", "sysusers/a/sshkeys/b/c"])
    func mismatch(path: String) {
        #expect(template.match(path.split(separator: "/")) == nil)
    }

    static let hostile = [
        "", "..", ".", "a/b", "a%2fb", "a?b=c", "a#b", "a b", "a\nb", "ä", "a\u{0}", "*", "a;b", "a\\b",
        String(repeating: "a", count: 65),
    ]

    @Test("an id that would address another resource is rejected before the request", arguments: hostile)
    func injection(id: String) throws {
        let operation = try #require(Operation.named("server"))
        let error = #expect(throws: ServerPilotError.self) { try operation.request(["id": .string(id)]) }
        #expect(error?.code == .invalidArguments)
        #expect(error?.delivery == .notSent)
        #expect(id.count < 2 || error?.message.contains(id) == false, "no value is repeated")
    }

    @Test("a template rejects such an id from any caller", arguments: hostile.filter { $0.count < 65 })
    func injectionInTemplate(id: String) {
        #expect(template.path(["id": "fine", "sshkey_id": id]) == nil)
        #expect(template.path(["id": "fine"]) == nil)
    }
}
