import DurableSteps
import RecipeEngine
import Testing

/// Expects a `JournalError` of that code.
@discardableResult
func expect(
    _ code: JournalError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async -> JournalError? {
    do {
        try await body()
        Issue.record("nothing was thrown, where \(code) should be", sourceLocation: sourceLocation)
    } catch let error as JournalError {
        #expect(error.code == code, "\(error.message)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
}
