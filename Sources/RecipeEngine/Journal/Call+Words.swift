internal import DurableSteps

extension Call {
    /// The function as recipes write it; functions of modules other than `sp` are recorded with their module.
    var words: String { isOutside ? name : "sp.\(name)" }
}

extension StepCall {
    /// Returns the call as shown to people: `sp.create_app acmesite at site.lua:12`.
    func words(of object: String?) -> String {
        let prefix = call.isOutside ? "" : "sp."
        return prefix + description(of: object)
    }
}
