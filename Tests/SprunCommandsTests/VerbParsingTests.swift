import ArgumentParser
import Testing

@testable import SprunCommands

@Suite("A verb that is parsed alone")
struct VerbParsingTests {
    @Test("is what parsing all commands finds")
    func verb() async throws {
        let run = try #require(
            await Sprun.verbAlone(["run", "--simulate", "site.lua", "name=value", "--max-create", "3", "-y"])
                as? RunCommand)
        #expect(run.recipe.words == ["site.lua", "name=value"])
        #expect(run.simulation.simulate && !run.noJournal && run.guards.maxCreate == 3 && run.guards.yes)
        #expect(await Sprun.verbAlone(["run", "run", "plan"]) is RunCommand)
        #expect(await Sprun.verbAlone(["help", "run"]) is HelpCommand)
        #expect(await Sprun.verbAlone(["man-pages", "folder"]) is ManPagesCommand)
    }

    @Test(
        "is left to all commands where they know more",
        arguments: [
            [], ["site.lua"], ["--version"], ["run", "--version"], ["run", "--help"], ["run", "-h"],
            ["run", "site.lua", "--", "--help"], ["run", "--help-hidden"], ["run", "--nope"], ["run", "--max-create"],
            ["run", "--max-create", "-1"], ["run", "--fault", "help"], ["show", "a", "b"], ["nope"],
            ["run", "--generate-completion-script", "bash"], ["run", "--generate-completion-script"],
        ])
    func left(_ arguments: [String]) async {
        #expect(await Sprun.verbAlone(arguments) == nil)
    }

    @Test("is no program of its own to the argument parser")
    func parent() {
        for verb in Sprun.configuration.subcommands {
            #expect(verb.configuration._superCommandName == "sprun", "\(verb)")
        }
    }

    @Test("in a wrong call, gives the message of all commands")
    func message() async throws {
        let user = try User()
        let wrong = try await user.sprun("run", "--nope")
        #expect(wrong.error.contains("See 'sprun run --help' for more information."), "\(wrong)")
        let script = try await user.sprun("run", "--generate-completion-script", "bash")
        #expect(script.output.hasPrefix("#!/bin/bash"), "\(script)")
    }
}
