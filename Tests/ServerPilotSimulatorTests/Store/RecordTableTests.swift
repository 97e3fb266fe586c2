import OrderedCollections
import ServerPilot
import Testing

@testable import ServerPilotSimulator

@Suite("A table of records")
struct RecordTableTests {
    private static func key(_ number: Int) -> SSHKeyRecord {
        SSHKeyRecord(
            id: SSHKeyID("key\(number)"), name: "key", publicKey: "ssh-rsa \(number)", created: Stage.beginning)
    }

    private static var three: RecordTable<SSHKeyID, SSHKeyRecord> {
        var table = RecordTable<SSHKeyID, SSHKeyRecord>()
        for number in 1...3 { table[SSHKeyID("key\(number)")] = key(number) }
        return table
    }

    @Test("records additions, changes in place and removals, once each")
    func touched() {
        var table = Self.three
        #expect(table.touched == ["key1", "key2", "key3"])
        table.clearTouched()
        table["key2"]?.name = "renamed"
        table.removeAll { $0.id == "key3" }
        table["key1"] = nil
        table["key2"]?.name = "again"
        #expect(table.touched == ["key2", "key3", "key1"])
        #expect(table.values.map(\.name) == ["again"])
    }

    @Test("reads and failed lookups record nothing")
    func untouched() {
        var table = Self.three
        table.clearTouched()
        _ = table["key1"]
        table.removeAll { _ in false }
        #expect(table.touched.isEmpty)
    }

    @Test("the recorded changes are not part of the value")
    func equality() {
        var table = Self.three
        table.clearTouched()
        #expect(table == Self.three)
        #expect(Set([table, Self.three]).count == 1)
    }
}
