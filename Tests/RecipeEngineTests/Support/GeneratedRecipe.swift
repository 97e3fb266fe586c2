import ServerPilotSimulator

/// A recipe made from a seed, for the demo account: no two seeds do the same, one seed always does.
///
/// It creates, updates, deletes, waits, reads and decides, in a row, in loops and at once. Every call in it is one that
/// the account takes; where a refusal is wanted the recipe catches it.
struct GeneratedRecipe {
    /// The recipe.
    private(set) var text = ""

    private var random: SeededRandom
    private var number = 0
    private var indent = ""
    /// Variables that hold things which are there at this place of the recipe.
    private var users: [String] = []
    private var apps: [(variable: String, runtime: Int)] = []
    private var databases: [String] = []
    private var keys: [String] = []
    private var demoApps = ["oliveoil", "olivepress"]

    private static let runtimes = ["php8.1", "php8.2", "php8.3", "php8.4"]

    /// - Parameters:
    ///   - seed: the seed.
    ///   - converges: whether it only makes sure of things, so that a second run has nothing left to do.
    ///   - listsAll: whether it lists all apps at its end.
    ///   - most: how many parts it has at most.
    init(seed: UInt64, converges: Bool = false, listsAll: Bool = true, blocks most: Int = .max) {
        random = SeededRandom(seed: seed)
        line("-- seed \(seed)")
        line("local s1, s2 = sp.find_server{ name = \"www1\" }, sp.find_server{ name = \"www4\" }")
        let blocks = min(most, 3 + draw(4))
        for _ in 0..<blocks { if converges { ensured() } else { block() } }
        guard listsAll else { return }
        line("local made = {}")
        line("for _, app in ipairs(sp.apps()) do made[#made + 1] = app.name end")
        line("table.sort(made)")
        line("return { made = table.concat(made, \" \"), later = sp.time() > 0, number = sp.random(1) }")
    }

    private mutating func draw(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[draw(elements.count)]
    }

    private mutating func line(_ line: String) { text += indent + line + "\n" }

    private mutating func name(_ prefix: String) -> String {
        number += 1
        return "\(prefix)\(number)"
    }

    private mutating func server() -> String { draw(2) == 0 ? "s1" : "s2" }

    private mutating func block() {
        switch draw(13) {
        case 0, 1: site()
        case 2: converging()
        case 3: each()
        case 4: together()
        case 5: changes()
        case 6: settings()
        case 7: deletion()
        case 8: key()
        case 9: decision()
        case 10: refusal()
        case 11: autoSSL()
        default: certificate()
        }
        if draw(3) == 0 { line("sp.sleep(\"\(1 + draw(20))s\")") }
    }

    /// A user with an app and a database, waited for now or later.
    private mutating func site() {
        let user = name("user")
        let app = name("app")
        let database = name("db")
        let runtime = draw(Self.runtimes.count)
        let password = draw(2) == 0 ? ", password = sp.secret(\"\(user)\")" : ""
        let waitsEach = draw(2) == 0
        line(
            "local \(user), \(user)_done = sp.create_sysuser{ serverid = \(server()).id, name = \"\(user)\"\(password) }"
        )
        if waitsEach { line("sp.wait(\(user)_done)") }
        let domains = draw(2) == 0 ? ", domains = { \"\(app).example\", \"www.\(app).example\" }" : ""
        line(
            "local \(app), \(app)_done = sp.create_app{ name = \"\(app)\", sysuserid = \(user).id, "
                + "runtime = \"\(Self.runtimes[runtime])\"\(domains) }")
        line(
            "local \(database), \(database)_done = sp.create_db{ appid = \(app).id, name = \"\(database)\", "
                + "user = { name = \"\(database)\", password = sp.secret(\"\(database)\") } }")
        line(
            waitsEach
                ? "sp.wait{ \(app)_done, \(database)_done }" : "sp.wait{ \(user)_done, \(app)_done, \(database)_done }")
        users.append(user)
        apps.append((app, runtime))
        databases.append(database)
    }

    /// What is made sure of, twice, so that the second time finds it.
    private mutating func converging() {
        let user = name("user")
        let app = name("app")
        let database = name("db")
        let runtime = draw(Self.runtimes.count)
        let server = server()
        for turn in 1...(1 + draw(2)) {
            let local = turn == 1 ? "local " : ""
            line("\(local)\(user) = sp.ensure_sysuser{ serverid = \(server).id, name = \"\(user)\" }")
            line(
                "\(local)\(app) = sp.ensure_app{ name = \"\(app)\", sysuserid = \(user).id, "
                    + "runtime = \"\(Self.runtimes[runtime])\", domains = { \"\(app).example\" } }")
            line(
                "\(local)\(database) = sp.ensure_db{ appid = \(app).id, name = \"\(database)\", "
                    + "user = { name = \"\(database)\", password = sp.secret(\"\(database)\") } }")
        }
        users.append(user)
        apps.append((app, runtime))
        databases.append(database)
    }

    /// What a second run finds as it should be.
    private mutating func ensured() {
        switch draw(6) {
        case 0:
            let key = name("key")
            line("local \(key) = sp.ensure_sshkey{ name = \"\(key)\", public_key = \"ssh-ed25519 AAAA\(key)\" }")
            if let user = pick(users) { line("sp.ensure_sysuser_sshkey(\(user).id, \(key).id)") }
        case 1:
            // Always the same of each server: a recipe that contradicts itself does not converge.
            let first = draw(2) == 0
            line("sp.ensure_server{ name = \"\(first ? "www1" : "www4")\", firewall = \(first) }")
        case 2 where !apps.isEmpty:
            line("sp.ensure_ssl{ appid = \(apps.removeLast().variable).id,")
            line("    key = \"-----BEGIN PRIVATE KEY-----AA-----END PRIVATE KEY-----\",")
            line("    cert = \"-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----\", force = true }")
        case 3:
            line("sp.add_domains(sp.find_app{ name = \"oliveoil\" }.id, { \"\(name("more")).example\" })")
        case 4:
            let prefix = name("each")
            line("sp.each({ \"a\", \"b\", \"c\" }, function(letter)")
            line("    local user = sp.ensure_sysuser{ serverid = \(server()).id, name = \"\(prefix)\" .. letter }")
            line("    sp.ensure_app{ name = user.name, sysuserid = user.id, runtime = \"php8.4\" }")
            line("end)")
        default: converging()
        }
    }

    /// The same for each of a list, at once.
    private mutating func each() {
        let prefix = name("each")
        let names = (0...draw(3)).map { "\"\(prefix)-\($0)\"" }.joined(separator: ", ")
        let limit = draw(2) == 0 ? ", { limit = 2 }" : ""
        line("sp.each({ \(names) }, function(name)")
        line("    local user, done = sp.create_sysuser{ serverid = \(server()).id, name = name }")
        if draw(2) == 0 { line("    sp.wait(done)") }
        if draw(2) == 0 {
            line("    sp.sleep(#sp.sysusers{ name = name } .. \"s\")")
        }
        line(
            "    local app, installed = sp.create_app{ name = name, sysuserid = user.id, runtime = \"php8.4\", "
                + "domains = { name .. \".example\" } }")
        line("    sp.wait{ done, installed }")
        if draw(2) == 0 {
            line("    local _, updated = sp.update_app(app.id, { runtime = \"php8.3\" })")
            line("    sp.wait(updated)")
        }
        line("    return app.name")
        line("end\(limit))")
    }

    /// Different things at once, whose variables nobody else sees.
    private mutating func together() {
        line("sp.all{")
        for _ in 0..<(2 + draw(2)) {
            let (keptUsers, keptApps, keptDatabases) = (users, apps, databases)
            line("    function()")
            indent += "        "
            if draw(2) == 0 { site() } else { converging() }
            line("return sp.time()")
            indent.removeLast(8)
            line("    end,")
            (users, apps, databases) = (keptUsers, keptApps, keptDatabases)
        }
        line("}")
    }

    private mutating func changes() {
        guard let index = apps.indices.randomElement(using: &random) else { return site() }
        let app = apps[index].variable
        apps[index].runtime = (apps[index].runtime + 1) % Self.runtimes.count
        let done = name("done")
        line("local _, \(done) = sp.update_app(\(app).id, { runtime = \"\(Self.runtimes[apps[index].runtime])\" })")
        if draw(2) == 0 { line("sp.wait(\(done))") }
        if draw(2) == 0, let user = pick(users) {
            let done = name("done")
            line("local _, \(done) = sp.update_sysuser(\(user).id, { password = sp.secret(\"new-\(done)\") })")
            line("sp.wait(\(done))")
        }
        if draw(2) == 0 {
            let done = name("done")
            line("local _, \(done) = sp.update_app(\(app).id, { domains = { \"\(done).example\" } })")
            line("sp.wait(\(done))")
        }
    }

    private mutating func settings() {
        let server = server()
        let setting = ["firewall", "autoupdates", "deny_unknown_domains"][draw(3)]
        let done = name("done")
        line(
            "local _, \(done) = sp.update_server(\(server).id, { \(setting) = not sp.server(\(server).id).\(setting) })"
        )
        line("sp.wait(\(done))")
    }

    private mutating func deletion() {
        switch draw(3) {
        case 0 where !databases.isEmpty:
            line("sp.wait(sp.delete_db(\(databases.removeLast()).id))")
        case 1 where !demoApps.isEmpty:
            line("sp.wait(sp.delete_app(sp.find_app{ name = \"\(demoApps.removeLast())\" }.id))")
        default:
            let user = name("brief")
            line("local \(user) = sp.create_sysuser{ serverid = \(server()).id, name = \"\(user)\" }")
            line("sp.wait(sp.delete_sysuser(\(user).id))")
        }
    }

    private mutating func key() {
        let key = name("key")
        line("local \(key) = sp.create_sshkey{ name = \"\(key)\", public_key = \"ssh-ed25519 AAAA\(key)\" }")
        if let user = pick(users) {
            line("sp.wait(sp.add_sysuser_sshkey(\(user).id, \(key).id))")
            if draw(3) == 0 { line("sp.wait(sp.remove_sysuser_sshkey(\(user).id, \(key).id))") }
        }
        if draw(3) == 0 { line("sp.rename_sshkey(\(key).id, \"\(key)-renamed\")") }
        keys.append(key)
    }

    /// What happens next depends on what was read.
    private mutating func decision() {
        let user = name("user")
        line("if #sp.apps{ serverid = \(server()).id } > \(draw(4)) then")
        line("    sp.ensure_sysuser{ serverid = s1.id, name = \"\(user)\" }")
        line("else")
        line("    sp.ensure_sysuser{ serverid = s2.id, name = \"\(user)\" }")
        line("end")
        // By name: the order of the list is the order in which they were made, which a death may change.
        let list = name("list")
        line("local \(list) = sp.apps{ runtime = \"php8.4\" }")
        line("table.sort(\(list), function(left, right) return left.name < right.name end)")
        line("for index, app in ipairs(\(list)) do")
        line("    if index > \(1 + draw(2)) then break end")
        line("    local _, done = sp.update_app(app.id, { runtime = \"php8.3\" })")
        line("    sp.wait(done)")
        line("end")
        // Which of them were changed is not known here.
        apps = []
    }

    private mutating func refusal() {
        let (ok, problem) = (name("ok"), name("problem"))
        line("local \(ok), \(problem) = pcall(sp.create_sysuser, { serverid = s1.id, name = \"olive\" })")
        line("assert(not \(ok) and \(problem).status == 409, tostring(\(problem)))")
    }

    /// What only time decides is waited for, so that it is the same however long it takes.
    private mutating func autoSSL() {
        let (user, app) = (name("user"), name("app"))
        line("local \(user) = sp.ensure_sysuser{ serverid = \(server()).id, name = \"\(user)\" }")
        line("local \(app) = sp.ensure_app{ name = \"\(app)\", sysuserid = \(user).id, runtime = \"php8.4\",")
        line("    domains = { \"\(app).example\" } }")
        line("while not sp.app(\(app).id).autossl.available do sp.sleep(\"\(1 + draw(3))m\") end")
        line("sp.ensure_ssl{ appid = \(app).id, auto = true, force = \(draw(2) == 0 ? "true" : "nil") }")
        users.append(user)
    }

    private mutating func certificate() {
        guard !apps.isEmpty else { return site() }
        let app = apps.removeLast().variable
        let done = name("done")
        line("local _, \(done) = sp.add_ssl(\(app).id, { key = \"-----BEGIN PRIVATE KEY-----\\nAA==\\n\"")
        line("    .. \"-----END PRIVATE KEY-----\", cert = \"-----BEGIN CERTIFICATE-----\\nAA==\\n\"")
        line("    .. \"-----END CERTIFICATE-----\" })")
        line("sp.wait(\(done))")
        if draw(2) == 0 { line("sp.wait((select(2, sp.force_ssl(\(app).id, true))))") }
        if draw(3) == 0 { line("sp.wait(sp.delete_ssl(\(app).id))") }
    }
}
