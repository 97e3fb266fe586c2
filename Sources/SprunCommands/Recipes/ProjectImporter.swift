internal import RecipeEngine
internal import RecipeSharing
internal import Groundwork
internal import RecipeLanguage
internal import Synchronization

/// The importer of a run's recipes.
final class ProjectImporter: RecipeImporter {
    private let resolver: RecipeResolver
    private let root: ModuleSource
    private let isUnsafe: Bool
    private let modules = Mutex<[ByteExact: ModuleSource]>([:])

    init(resolver: RecipeResolver, root: ModuleSource, isUnsafe: Bool) {
        self.resolver = resolver
        self.root = root
        self.isUnsafe = isUnsafe
    }

    func module(_ name: String, for importer: String?) async throws(RecipeImportFailure) -> RecipeModule {
        let source = importer.flatMap { identity in modules.withLock { $0[ByteExact(identity)] } } ?? root
        let module: ModuleSource
        do throws(SharingError) {
            module = try resolver.resolve(name, from: source)
        } catch {
            throw RecipeImportFailure(error.message, hint: error.hint)
        }
        if let danger = LuaProgram.danger(of: module, isUnsafe: isUnsafe) {
            throw RecipeImportFailure(danger, hint: LuaProgram.dangerHint)
        }
        modules.withLock { $0[ByteExact(module.identity)] = module }
        return RecipeModule(
            identity: module.identity, source: RecipeSource(name: module.displayName, text: module.text),
            digest: "\(module.sha256)", isOfProject: Self.isTogether(module.place, source.place))
    }

    /// Whether two modules belong together: files of this machine, or files of the same commit of a repository.
    private static func isTogether(_ module: ModuleSource.Place, _ importer: ModuleSource.Place) -> Bool {
        switch (module, importer) {
        case (.file, .file): true
        case (.git(let one, let commit, _), .git(let other, let otherCommit, _)):
            one.repository == other.repository && commit == otherCommit
        default: false
        }
    }
}
