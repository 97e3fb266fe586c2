extension FailureLesson {
    /// Lessons about limits of computing and of changes.
    static let limits: [String: FailureLesson] = [
        "memory_limit": FailureLesson(
            wrong: .recipe(
                """
                local all = {}
                for i = 1, 1000000 do
                    all[i] = ("x"):rep(100000) .. i
                end
                """),
            right: .recipe(
                """
                for i = 1, 1000 do
                    local one = ("x"):rep(1000) .. i
                end
                """),
            next: ["sprun run --max-memory 512 site.lua"]),
        "cpu_limit": FailureLesson(
            wrong: .recipe("while true do end"),
            right: .recipe("for i = 1, 10 do sp.sleep(\"10s\") end"),
            next: ["sprun run --max-cpu 60 site.lua"]),
        "depth_limit": FailureLesson(
            wrong: .recipe(
                """
                local function count(n) return coroutine.wrap(function() return 1 + count(n + 1) end)() end
                print(count(1))
                """),
            right: .recipe(
                """
                local n = 0
                for _ in ipairs(sp.servers()) do n = n + 1 end
                print(n)
                """),
            next: ["sprun plan --simulate site.lua"]),
        "reply_too_large": FailureLesson(
            wrong: .shown("sprun doctor --endpoint https://files.example/v1"),
            right: .shown("sprun doctor --endpoint https://api.serverpilot.io/v1"),
            next: ["sprun doctor"]),
        "too_many_changes": FailureLesson(
            wrong: .recipe(limited("limits = { create = 1 }")),
            right: .recipe(limited("limits = { create = 2 }")),
            next: ["sprun plan site.lua", "sprun run --max-create 2 site.lua"]),
        "unconfirmed": FailureLesson(
            wrong: .shown("echo | sprun run purge-demo-sites server=www1 prefix=demo-"),
            right: .shown("sprun run --yes purge-demo-sites server=www1 prefix=demo-"),
            next: ["sprun plan purge-demo-sites server=www1 prefix=demo-"]),
        "declined": FailureLesson(
            wrong: .shown("sprun run --confirm site.lua    # and the answer n"),
            right: .shown("sprun run --confirm site.lua    # and the answer y"),
            next: ["sprun plan site.lua", "sprun runs"]),
    ]

    private static func limited(_ limits: String) -> String {
        """
        return recipe {
            name = "users", version = "1.0.0", summary = "Two system users",
            needs = { create = { "sysusers" } }, \(limits),
            run = function()
                local server = sp.find_server{ name = "www1" }
                sp.ensure_sysuser{ serverid = server.id, name = "acme" }
                sp.ensure_sysuser{ serverid = server.id, name = "shop" }
            end,
        }
        """
    }

    /// Lessons about recorded runs and plans.
    static let journal: [String: FailureLesson] = [
        "recipe_changed": FailureLesson(
            wrong: .shown("sprun resume k3v9q2    # after you edited a recorded step"),
            right: .shown("sprun resume k3v9q2 --accept-recipe-change    # after you edited only later steps"),
            next: ["sprun show k3v9q2", "sprun undo k3v9q2"]),
        "undecided": FailureLesson(
            wrong: .shown("sprun resume k3v9q2"),
            right: .shown("sprun resume k3v9q2 --adopt nlcN0TwdZAyNEgdp"),
            next: ["sprun show k3v9q2", "sprun resume k3v9q2 --recreate", "sprun resume k3v9q2 --skip"]),
        "unfinished_change": FailureLesson(
            wrong: .shown("sprun run site.lua    # it could create the resource twice"),
            right: .shown("sprun resume k3v9q2"),
            next: ["sprun runs", "sprun resume k3v9q2"]),
        "fenced": FailureLesson(
            wrong: .shown("kill -STOP 4711; sprun run site.lua; kill -CONT 4711"),
            right: .shown("kill 4711; sprun resume"),
            next: ["sprun runs", "sprun resume"]),
        "journal_unwritten": FailureLesson(
            wrong: .shown("SPRUN_HOME=/full-disk sprun run site.lua"),
            right: .shown("SPRUN_HOME=/other-disk sprun run site.lua"),
            next: ["sprun doctor", "sprun resume"]),
        "journal_unusable": FailureLesson(
            wrong: .shown("echo > ~/.local/state/sprun/journal.db"),
            right: .shown("mv ~/.local/state/sprun/journal.db journal.damaged"),
            next: ["sprun doctor", "sprun runs"]),
        "journal_key": FailureLesson(
            wrong: .shown("rm ~/.local/state/sprun/journal.key"),
            right: .shown("cp backup/journal.key ~/.local/state/sprun/journal.key"),
            next: ["sprun doctor", "sprun runs"]),
        "unknown_run": FailureLesson(
            wrong: .shown("sprun show zzzzzz"),
            right: .shown("sprun show k3v9q2"),
            next: ["sprun runs"]),
        "other_account": FailureLesson(
            wrong: .shown("sprun resume --credentials-file other.toml k3v9q2"),
            right: .shown("sprun resume --credentials-file own.toml k3v9q2"),
            next: ["sprun runs", "sprun doctor"]),
        "skipped": FailureLesson(
            wrong: .shown("local app = sp.create_app{ … }    -- and sprun resume k3v9q2 --skip"),
            right: .shown("local ok, app = pcall(sp.create_app, { … })"),
            next: ["sprun resume k3v9q2 --accept-recipe-change", "sprun undo k3v9q2"]),
        "journal_busy": FailureLesson(
            wrong: .shown("kill -STOP 4711; sprun runs"),
            right: .shown("kill -CONT 4711; sprun runs"),
            next: ["sprun runs"]),
        "plan_unusable": FailureLesson(
            wrong: .shown("sprun apply site.lua"),
            right: .shown("sprun plan --out site.plan site.lua; sprun apply site.plan"),
            next: ["sprun help plan", "sprun help apply"]),
        "stale_plan": FailureLesson(
            wrong: .shown("sprun plan --out site.plan site.lua; sprun run other.lua; sprun apply site.plan"),
            right: .shown("sprun run other.lua; sprun plan --out site.plan site.lua; sprun apply site.plan"),
            next: ["sprun plan --out site.plan site.lua"]),
        "plan_differs": FailureLesson(
            wrong: .shown("sprun plan --out site.plan site.lua    # and the recipe depends on chance"),
            right: .shown("sprun plan --out site.plan site.lua    # again, after the changes so far"),
            next: ["sprun runs", "sprun plan --out site.plan site.lua", "sprun show k3v9q2 --reveal"]),
    ]
}
