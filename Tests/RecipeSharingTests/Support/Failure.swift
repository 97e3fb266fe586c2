import RecipeSharing

/// Runs a body that has to throw, and gives the error.
func failure(_ body: () async throws -> Void) async -> SharingError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? SharingError
    }
}
