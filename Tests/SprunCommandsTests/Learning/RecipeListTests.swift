import Foundation
import Subprocess
import Testing

@testable import SprunCommands

@Suite("The list of recipes, new recipes and unknown words", .timeLimit(.minutes(2)))
struct RecipeListTests {
    private static let header = """
        return recipe { name = "shop", version = "1.0.0", summary = "A shop for a client", run = function() end }
        """

    @Test("recipes of the folder, of its folder recipes, and those that ship, with summaries, in 80 columns")
    func list() async throws {
        let user = try User()
        try user.write("plain.lua", "print(1)")
        try user.write("recipes/shop.lua", Self.header)
        try user.write("broken.lua", "return recipe {")
        let run = try await user.sprun("recipes")
        #expect(run.status == .exited(0) && run.lines.allSatisfy { $0.count <= 80 }, "\(run)")
        #expect(run.output.contains("  recipes/shop.lua  A shop for a client"), "\(run)")
        #expect(run.output.contains("  plain.lua         a script without a header"), "\(run)")
        #expect(run.output.contains("  broken.lua        cannot be read: "), "\(run)")
        for name in ShippedRecipes.texts.keys { #expect(run.output.contains("  \(name) "), "\(name)") }
        let libraries = try #require(run.output.firstRange(of: "libraries, for import"))
        #expect(run.output[libraries.upperBound...].contains("providers/hetzner"))
    }

    @Test("--json has names, origins and summaries")
    func json() async throws {
        let user = try User()
        try user.write("recipes/shop.lua", Self.header)
        let run = try await user.sprun("recipes", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let recipes = try #require(object?["recipes"] as? [[String: Any]])
        #expect(recipes.count == ShippedRecipes.texts.count + 1)
        #expect(recipes[0]["name"] as? String == "recipes/shop.lua" && recipes[0]["origin"] as? String == "project")
        #expect(recipes[0]["summary"] as? String == "A shop for a client")
    }

    @Test("sprun show accepts each name in the list")
    func names() async throws {
        let user = try User()
        try user.write("recipes/shop.lua", Self.header)
        for name in ["recipes/shop.lua"] + ShippedRecipes.texts.keys {
            let shown = try await user.sprun("show", name)
            #expect(shown.status == .exited(0), "\(name): \(shown)")
        }
    }

    @Test("a new recipe plans and runs on the simulated account, and a second run changes nothing")
    func new() async throws {
        let user = try User()
        let made = try await user.sprun("new", "my_Site.lua")
        #expect(made.status == .exited(0), "\(made)")
        #expect(
            made.error == """
                wrote my_Site.lua
                continue with: sprun plan --simulate my_Site.lua
                           or: sprun run --simulate my_Site.lua

                """)
        let plan = try await user.sprun("plan", "--simulate", "my_Site.lua")
        #expect(plan.status == .exited(0) && plan.output.contains("Plan: 1 to add"), "\(plan)")
        let run = try await user.sprun("run", "--simulate", "my_Site.lua")
        #expect(run.status == .exited(0) && run.error.contains("1 created"), "\(run)")
        let again = try await user.sprun("run", "--simulate", "my_Site.lua", "user=acme")
        #expect(again.status == .exited(0) && again.error.contains("nothing changed"), "\(again)")
        #expect(try await user.sprun("show", "my_Site.lua").output.hasPrefix("my-site 1.0.0\n"))
        let lines = try user.read("my_Site.lua").split(separator: "\n")
        #expect(lines.count { $0.contains("--") } >= 5 && lines.allSatisfy { $0.count <= 120 })
    }

    @Test("sprun new replaces no file, and requires a name that ends with .lua")
    func newKeeps() async throws {
        let user = try User()
        try user.write("site.lua", "-- mine")
        let kept = try await user.sprun("new", "site.lua")
        #expect(kept.status == .exited(1) && kept.error.contains("exists already"), "\(kept)")
        #expect(try user.read("site.lua") == "-- mine")
        let unnamed = try await user.sprun("new", "site")
        #expect(unnamed.status == .exited(64) && unnamed.error.contains("hint: sprun new site.lua"), "\(unnamed)")
        #expect(!user.has("site"))
    }

    @Test(
        "an unknown word is neither a command nor a recipe, and gets the nearest name of both",
        arguments: [
            (["rns"], "did you mean the command 'sprun runs'?"),
            (["invntory"], "did you mean the recipe 'inventory'?"),
            (["run", "invntory"], "did you mean the recipe 'inventory'?"),
            (["shop"], "did you mean the recipe 'recipes/shop.lua'?"),
            (["shwo"], "did you mean the command 'sprun show' or the recipe 'recipes/shop.lua'?"),
            (["version"], "did you mean 'sprun --version'?"), (["list"], "did you mean 'sprun recipes'?"),
            (["zzzzzz"], "sprun help lists the commands, sprun recipes the recipes"),
        ])
    func unknown(_ words: [String], _ hint: String) async throws {
        let user = try User()
        try user.write("recipes/shop.lua", Self.header)
        let run = try await user.launch(words).run()
        #expect(run.status == .exited(64), "\(run)")
        let word = try #require(words.last)
        #expect(run.error.hasPrefix("error[SP0101]: unknown command or recipe '\(word)'\n"), "\(run)")
        #expect(run.error.contains("= hint: \(hint)\n"), "\(run)")
    }

    @Test("a script that does not read a parameter gets a warning with the nearest name, and runs")
    func unread() async throws {
        let code = "print(sp.params.domain)"
        let run = try await User().sprun("run", "--simulate", "-e", code, "domian=acme.example")
        #expect(run.status == .exited(0) && run.output == "nil\n", "\(run)")
        let warning = "warning: the recipe does not read the parameter 'domian'; did you mean 'domain'?\n"
        #expect(run.error.contains(warning), "\(run)")
        let read = try await User().sprun("run", "--simulate", "-e", code, "domain=acme.example")
        #expect(!read.error.contains("warning"), "\(read)")
        let all = try await User().sprun(
            "run", "--simulate", "-e", "for k, v in pairs(sp.params) do print(k, v) end", "domian=acme.example")
        #expect(!all.error.contains("warning"), "\(all)")
    }

    @Test(
        "a shipped recipe with .lua after its name is suggested, with the command",
        arguments: [
            ["run", "--simulate", "new-site.lua"], ["plan", "php-upgrade.lua", "below=php8.1"], ["show", "audit.lua"],
        ])
    func shipped(_ words: [String]) async throws {
        let run = try await User().launch(words).run()
        let file = try #require(words.first { $0.hasSuffix(".lua") })
        let name = file.dropLast(4)
        #expect(run.status == .exited(64), "\(run)")
        #expect(run.error.contains("= hint: '\(name)' ships with sprun: sprun \(words[0]) \(name)\n"), "\(run)")
    }
}
