import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

/// Rules about what the account does, and about what replies look like.
extension RuleProbe {
    static let ofConduct: [RuleProbe] = [
        RuleProbe("actions-in-turn") { furnished in
            let stage = furnished.stage
            let arguments = furnished.arguments(of: "update_sysuser") ?? [:]
            let first = try await stage.call("update_sysuser", arguments)
            let second = try await stage.call("update_sysuser", arguments)
            try await stage.wait(.seconds(25))
            let firstStatus = try await stage.status(of: first.actionID)
            // Both wait for the certificates that the stage was furnished with.
            let secondStatus = try await stage.status(of: second.actionID)
            return firstStatus == "success" && secondStatus == "success" ? "off" : "on"
        },
        RuleProbe("unconnected-actions-open") { furnished in
            let made = try await furnished.stage.call("create_server", ["name": "alone"])
            try await furnished.stage.wait(.seconds(10))
            #expect(furnished.stage.simulator.account.contradictions.isEmpty)
            return try await furnished.stage.status(of: made.actionID) == "success" ? "off" : "on"
        },
        RuleProbe("actions-leave-with-server") { furnished in
            _ = try await furnished.send("delete_server", ["id": .string(furnished.server)])
            #expect(furnished.stage.simulator.account.contradictions.isEmpty)
            let status = try await furnished.send("action", ["id": .string(furnished.action)]).status
            return status == .ok ? "off" : status == .notFound ? "on" : nil
        },
        RuleProbe("server-cascade") { furnished in
            let status = try await furnished.send("delete_server", ["id": .string(furnished.server)]).status
            let empty = try await furnished.stage.id("create_server", ["name": "empty"])
            let emptyStatus = try await furnished.send("delete_server", ["id": .string(empty)]).status
            #expect(emptyStatus == .ok)
            return status == .ok ? "on" : status == .conflict ? "off" : nil
        },
        RuleProbe("plan-without-action") { try await $0.queues("update_server", $0.server, ["plan": "business"]) },
        RuleProbe("noop-without-action") { furnished in
            let server = try await furnished.queues("update_server", furnished.server, ["firewall": true])
            let samePlan = try await furnished.queues("update_server", furnished.server, ["plan": "economy"])
            let app = try await furnished.queues("update_app", furnished.app, ["runtime": "php8.3"])
            #expect(server == app && samePlan == app)
            return app
        },
        RuleProbe("lastconn-moves") { furnished in
            func lastconn() async throws -> Int64? {
                let servers = try await furnished.stage.call("servers").data.arrayValue ?? []
                let one = try await furnished.stage.call("server", ["id": .string(furnished.server)]).data["lastconn"]
                #expect(servers.first?["lastconn"] == one)
                return one?.integerValue
            }
            let before = try #require(try await lastconn())
            try await furnished.stage.wait(.seconds(125))
            let after = try #require(try await lastconn())
            switch after - before {
            case 120: return "on"
            case 0: return "off"
            default: return nil
            }
        },
        RuleProbe("autossl-no-wildcards") { furnished in
            let stage = furnished.stage
            _ = try await stage.call("update_app", ["id": .string(furnished.bareApp), "domains": ["*.w.example"]])
            try await stage.wait(.seconds(3600))
            let app = try App(try await stage.call("app", ["id": .string(furnished.bareApp)]).data)
            return app.autossl?.domains == ["*.w.example"] ? "off" : app.autossl?.isAvailable == false ? "on" : nil
        },
    ]

    static let ofReplies: [RuleProbe] = [
        RuleProbe("wordpress-not-echoed") { furnished in
            let made = try await furnished.stage.call("create_app", furnished.arguments(of: "create_app") ?? [:])
            guard let wordpress = made.data["wordpress"] else { return "on" }
            #expect(wordpress["admin_password"] == nil)
            return wordpress["site_title"] == "Gallery" ? "off" : nil
        },
        RuleProbe("custom-ssl-reply") { furnished in
            let reply = try await furnished.stage.call("add_ssl", furnished.arguments(of: "add_ssl") ?? [:]).data
            let names = reply.objectValue.map { Array($0.keys) }
            return names == ["key", "cert", "cacerts"]
                ? "document" : names == ["key", "cert", "cacerts", "auto", "force"] ? "all" : nil
        },
        RuleProbe("id-shape") { furnished in
            let made = try await furnished.stage.call(
                "create_sysuser", furnished.arguments(of: "create_sysuser") ?? [:])
            let ids = [made.data["id"]?.stringValue ?? "", made.actionID?.rawValue ?? ""]
            #expect(ids[0].utf8.count == ids[1].utf8.count)
            let hasMarks = ids.allSatisfy { $0.contains("-") && $0.contains("_") }
            return ["16", "18"].contains("\(ids[0].utf8.count)") && !hasMarks
                ? "\(ids[0].utf8.count)" : ids[0].utf8.count == 22 && hasMarks ? "marks" : nil
        },
        RuleProbe("member-order") { furnished in
            let app = try await furnished.stage.call("app", ["id": .string(furnished.autoApp)]).data
            let names = app.objectValue.map { Array($0.keys) } ?? []
            let documented = [
                "id", "datecreated", "name", "sysuserid", "domains", "ssl", "autossl", "serverid", "runtime",
            ]
            guard names != documented else { return "document" }
            #expect(names.sorted() == documented.sorted())
            let again = try await furnished.stage.call("app", ["id": .string(furnished.autoApp)]).data
            #expect(again.objectValue.map { Array($0.keys) } == names, "the order is the same each time")
            let apps = try await furnished.stage.call("apps").data.arrayValue ?? []
            let orders = apps.map { Array(($0.objectValue ?? [:]).keys) }
            return Set(orders).count > 1 ? "shuffled" : nil
        },
        RuleProbe("known-members-only") { furnished in
            let apps = try await furnished.stage.call("apps").data.arrayValue ?? []
            let user = try await furnished.stage.call(
                "create_sysuser", furnished.arguments(of: "create_sysuser") ?? [:])
            let known = apps.map { $0["x_unknown"] == nil } + [user.data["x_unknown"] == nil]
            return Set(known) == [true] ? "on" : Set(known) == [false] ? "off" : nil
        },
    ]
}

extension FurnishedStage {
    /// `on` where an update queues no work, else `off`.
    fileprivate func queues(_ name: Operation.Name, _ id: String, _ change: JSONObject) async throws -> String {
        try await stage.call(name, change.merging(["id": .string(id)]) { $1 }).actionID == nil ? "on" : "off"
    }
}
