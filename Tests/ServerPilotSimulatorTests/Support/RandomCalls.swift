import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator

/// Makes up calls from an account and random numbers: most of them sensible, some not.
struct RandomCalls {
    var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    mutating func next(on account: Account) -> (operation: Operation, arguments: JSONObject) {
        let operation = Operation.all.randomElement(using: &random) ?? Operation.all[0]
        // Deletions of whole servers would keep the account small.
        if operation.name == "delete_server", Int.random(in: 0..<8, using: &random) > 0 { return next(on: account) }
        return (operation, arguments(operation.parameters, on: account))
    }

    private mutating func arguments(_ fields: [Field], on account: Account) -> JSONObject {
        var result = JSONObject()
        for field in fields where field.isRequired || Bool.random(using: &random) {
            result[field.name] = value(of: field.type, named: field.name, on: account)
        }
        return result
    }

    private mutating func value(of type: FieldType, named name: String, on account: Account) -> JSONValue {
        // One in forty is of a wrong type.
        if Int.random(in: 0..<40, using: &random) == 0 { return 5 }
        switch type {
        case .string: return .string(text(name))
        case .boolean: return .bool(Bool.random(using: &random))
        case .integer, .timestamp: return .integer(Int64.random(in: 0...9, using: &random))
        case .identifier(let kind): return .string(id(kind, on: account))
        case .enumeration(let words): return .string(words.randomElement(using: &random) ?? "")
        case .array: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in .string(domain()) })
        case .object(let members): return .object(arguments(members, on: account))
        }
    }

    private mutating func domain() -> String {
        ["a.example", "b.example", "*.c.example", "www.a.example"].randomElement(using: &random) ?? ""
    }

    private mutating func text(_ name: String) -> String {
        switch name {
        case "name": "name-\(Int.random(in: 0..<60, using: &random))"
        case "runtime": ["php7.4", "php8.3", "php8.4", "php9.9"].randomElement(using: &random) ?? ""
        case "public_key": "ssh-rsa AAAA\(Int.random(in: 0..<30, using: &random))"
        case "password", "admin_password":
            ["longenough", "longenough", "longenough", "short"].randomElement(using: &random) ?? ""
        case "key": "-----BEGIN PRIVATE KEY-----AA-----END PRIVATE KEY-----"
        case "cert", "cacerts": "-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----"
        default: "text"
        }
    }

    private mutating func id(_ kind: ResourceKind, on account: Account) -> String {
        let ids: [String] =
            switch kind {
            case .server: account.servers.keys.map(\.rawValue)
            case .sshkey: account.sshkeys.keys.map(\.rawValue)
            case .sysuser: account.sysusers.keys.map(\.rawValue)
            case .app: account.apps.keys.map(\.rawValue)
            case .db: account.databases.keys.map(\.rawValue)
            case .dbuser: account.databases.values.map(\.user.id.rawValue)
            case .action: account.actions.keys.map(\.rawValue)
            }
        return ids.randomElement(using: &random) ?? "nothing"
    }
}

/// An account after so many random calls, and what became of them.
struct RandomHistory {
    var account = Account()
    var random: SeededRandom
    var now = Stage.beginning
    var done = 0
    var refused: [String: Int] = [:]

    /// Makes so many calls; `check` is called after each, with the account before it where the call was refused.
    init(seed: UInt64, calls count: Int, check: (Account, _ refusedFrom: Account?) -> Void = { _, _ in }) {
        random = SeededRandom(seed: seed)
        var calls = RandomCalls(seed: seed &+ 1)
        for number in 0..<count {
            now = now + .milliseconds(Int64.random(in: 0...20_000, using: &calls.random))
            if number.isMultiple(of: 7), let server = account.servers.keys.randomElement(using: &calls.random) {
                account.connect(server, address: "192.0.2.9", at: now)
            }
            let (operation, arguments) = calls.next(on: account)
            let before = account
            do throws(Refusal) {
                _ = try account.apply(operation, arguments, at: now, random: &random)
                done += 1
                check(account, nil)
            } catch {
                refused[error.ruleID, default: 0] += 1
                check(account, before)
            }
        }
    }

    var state: SimulatorState { SimulatorState(account: account, now: now, random: random) }
}
