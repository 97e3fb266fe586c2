import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import SprunTesting
import Testing

@Suite("Long lists")
struct LongListTests {
    /// Creates 100 sites: a list of so many stays text until it is used.
    private static let sites = """
        local server = sp.servers()[1]
        local user = sp.create_sysuser{ serverid = server.id, name = "fleet" }
        for i = 1, 100 do
            sp.create_app{
                name = "site" .. i, sysuserid = user.id, runtime = i % 2 == 0 and "php8.4" or "php8.3",
                domains = i % 3 == 0 and { "s" .. i .. ".example" } or nil }
        end

        """

    private func run(_ lua: String) async -> RunReport { await RecipeStage().run(Self.sites + lua) }

    @Test("each app of a long list is the app that a read of it returns")
    func sameAsOne() async {
        let report = await run(
            """
            local function text(value)
                if type(value) ~= "table" then return tostring(value) end
                local parts = {}
                for key, inner in pairs(value) do parts[#parts + 1] = key .. "=" .. text(inner) end
                table.sort(parts)
                return "{" .. table.concat(parts, ",") .. "}"
            end
            local apps, different = sp.apps(), 0
            for _, app in ipairs(apps) do
                local one = sp.app(app.id)
                one.autossl, one.domains = nil, table.concat(one.domains, " "):len()
                app.domains = table.concat(app.domains, " "):len()
                if text(app) ~= text(one) then different = different + 1 end
            end
            return { count = #apps >= 100, different = different, null = apps[#apps].ssl == nil }
            """)
        #expect(report.result == ["count": true, "different": 0, "null": true])
    }

    @Test("a filter finds the same apps in a long list as the recipe does")
    func filtered() async {
        let report = await run(
            """
            local own = 0
            for _, app in ipairs(sp.apps()) do if app.runtime == "php8.3" then own = own + 1 end end
            local found = sp.apps{ runtime = "php8.3" }
            return {
                same = own == #found and own >= 50, one = sp.find_app{ name = "site77" }.name,
                none = #sp.apps{ name = "other" } }
            """)
        #expect(report.result == ["none": 0, "one": "site77", "same": true])
    }

    @Test("changes after a long list are seen in the next one, and `ensure` finds what the list had")
    func changedAfterwards() async {
        let report = await run(
            """
            local apps = sp.apps()
            local last = sp.find_app{ name = "site100" }
            sp.delete_app(last.id)
            local app, what = sp.ensure_app{ name = "site5", sysuserid = user.id, runtime = "php8.3" }
            local found = sp.find_app{ name = "site100" }
            return { removed = #apps - #sp.apps(), what = what, gone = found == nil, name = app.name }
            """)
        #expect(report.result == ["gone": true, "name": "site5", "removed": 1, "what": "unchanged"])
    }

    @Test("a run that dies after a long list and is resumed takes the list from its journal")
    func resumed() async throws {
        let lua =
            Self.sites + """
                local names = {}
                for _, app in ipairs(sp.apps()) do names[#names + 1] = app.name .. (app.ssl and "s" or "") end
                sp.create_sysuser{ serverid = server.id, name = "mark" .. #names }
                return table.concat(names, " ")
                """
        let (whole, calm) = (Fate(), DurableRunner(lua))
        let result = try await calm.live(whole).result
        #expect(result?.stringValue?.contains("site100") == true)
        for moment in (whole.moments - 5)...whole.moments {
            let runner = DurableRunner(lua)
            _ = try await runner.live(Fate(dyingAt: moment))
            let resumed = try await runner.live()
            #expect(resumed.result == result, "dying at moment \(moment)")
            #expect(runner.picture == calm.picture)
        }
    }
}
