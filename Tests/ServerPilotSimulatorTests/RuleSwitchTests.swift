import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

@Suite("Rules that can be changed")
struct RuleSwitchTests {
    @Test("clients see the effect of each setting", arguments: Set(RuleProbe.all.map(\.rule)).sorted())
    func settings(of rule: String) async throws {
        let toggle = try #require(RuleEntry.named(rule)?.toggle)
        for probe in RuleProbe.all where probe.rule == rule {
            for setting in toggle.settings {
                let furnished = try await FurnishedStage()
                try furnished.stage.simulator.change { account, _ in
                    try account.settings.rules.set(rule, to: setting.name)
                }
                let found = try await probe.look(furnished)
                #expect(found == setting.name)
            }
        }
    }

    @Test("every rule that can be changed has a probe")
    func coverage() {
        // No client in process has such a header or such a connection: `malformed.py` and `TLSVersionTests` do.
        let elsewhere: Set = ["request-header-size", "tls-version"]
        let switchable = Set(RuleEntry.all.filter { $0.toggle != nil }.map(\.id))
        #expect(Set(RuleProbe.all.map(\.rule)).union(elsewhere) == switchable)
    }

    @Test("the settings of a rule have different names, and the first is the default")
    func names() {
        for entry in RuleEntry.all {
            guard let toggle = entry.toggle else { continue }
            #expect(toggle.settings.count > 1, "\(entry.id)")
            #expect(Set(toggle.settings.map(\.name)).count == toggle.settings.count, "\(entry.id)")
            #expect(toggle.settings.count { $0.outcome == .holds } == 1, "\(entry.id)")
            #expect(RuleChoices().setting(of: entry) == toggle.settings.first)
        }
    }

    @Test("every inferred rule can be changed, and has its own name")
    func entries() {
        for entry in RuleEntry.all where entry.evidence == .inferred {
            #expect(entry.toggle != nil, "\(entry.id)")
        }
        let ids = RuleEntry.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        // A rule whose name stands in two kinds would be listed once and hide the other.
        let behaviours = Set(Behaviour.all.map(\.id))
        let rules = Set(Operation.all.flatMap(\.rules).map(\.id))
        #expect(behaviours.isDisjoint(with: rules))
        for id in rules {
            let different = Set(Operation.all.flatMap(\.rules).filter { $0.id == id }.map(\.sentence))
            #expect(different.count == 1, "\(id)")
        }
    }

    @Test("a documented rule and an unknown rule cannot be changed")
    func refusals() {
        var rules = RuleChoices()
        #expect(throws: RuleChoiceError.self) { try rules.set("sysuser-cascade", to: "off") }
        #expect(throws: RuleChoiceError.self) { try rules.set("nothing", to: "off") }
        let error = #expect(throws: RuleChoiceError.self) { try rules.set("member-order", to: "off") }
        #expect(error?.settings == ["document", "shuffled"])
        #expect(rules == RuleChoices())
    }

    @Test("the settings are stored with the account")
    func stored() async throws {
        var account = Account()
        try account.settings.rules.set("app-name-unique", to: "off")
        try account.settings.rules.set("id-shape", to: "18")
        let document = Stage(account: account).simulator.state.document
        let read = try SimulatorState(document: try JSONValue(bytes: document.bytes))
        #expect(read.account.settings == account.settings)
        #expect(read.account.settings.rules.departures == ["app-name-unique": "off", "id-shape": "18"])
    }

    @Test("a stored account of an earlier version keeps its changed rules")
    func earlier() async throws {
        var document = try #require(Stage().simulator.state.document.objectValue)
        var account = try #require(document["account"]?.objectValue)
        var settings = try #require(account["settings"]?.objectValue)
        settings["switched_rules"] = ["app-name-unique", "app-name-documented", "gone", "member-order=gone"]
        account["settings"] = .object(settings)
        document["account"] = .object(account)
        let rules = try SimulatorState(document: .object(document)).account.settings.rules
        #expect(rules.departures == ["app-name-unique": "off", "app-name-documented": "on"])
    }
}
