import Foundation
import RecipeEngine
import Testing

@Suite("The reference of functions")
struct FunctionReferenceTests {
    @Test("the page matches the table of host functions; SPRUN_RECORD=1 rewrites it")
    func pageIsCurrent() throws {
        let path =
            String(#filePath).components(separatedBy: "/Tests/")[0]
            + "/Sources/RecipeEngine/RecipeEngine.docc/Recipes.md"
        if ProcessInfo.processInfo.environment["SPRUN_RECORD"] == "1" {
            try FunctionReference.markdown.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == FunctionReference.markdown)
    }
}
