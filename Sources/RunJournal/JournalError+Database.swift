internal import DurableSteps
internal import StoreFile
internal import SystemPackage

extension JournalError {
    /// Converts an error of the file layer; `code` applies to errors that do not imply a code of their own.
    ///
    /// The message quotes nothing that is stored in the file.
    init(_ error: any Error, at path: String, else code: Code) {
        switch error {
        case let error as JournalError: self = error
        case let problem as StoreFile.Problem: self.init(problem, at: path)
        case is DatabaseRow.DecodingError:
            self.init(.damaged, "The journal '\(path)' is damaged: it contains an unknown row.")
        case let error as DatabaseError: self.init(error, at: path, else: code)
        case let error as Errno:
            self.init(
                error == .noSpace ? .unwritten : code, "The journal '\(path)' cannot be used: \(error).")
        default: self.init(code, "The journal '\(path)' cannot be used: \(type(of: error)).")
        }
    }

    private init(_ problem: StoreFile.Problem, at path: String) {
        let code: Code =
            switch problem {
            case .foreign, .damaged: .damaged
            case .newer: .newerFormat
            case .unsynced: .unusable
            }
        self.init(code, problem.message("journal", at: path))
    }

    private init(_ error: DatabaseError, at path: String, else code: Code) {
        let reason = error.message
        switch error.kind {
        case .notADatabase:
            self.init(
                .damaged, "'\(path)' is not a journal of sprun: it is not a database, or its header is damaged.")
        case .corrupt: self.init(.damaged, "The journal '\(path)' is damaged: \(reason).")
        case .busy:
            self.init(.busy, "Another process is writing to the journal '\(path)' and does not finish.")
        case .full, .inputOutput:
            self.init(.unwritten, "The journal '\(path)' could not be written: \(reason).")
        case .other:
            let verb = code == .unwritten ? "could not be written" : "cannot be used"
            self.init(code, "The journal '\(path)' \(verb): \(reason).")
        }
    }
}
