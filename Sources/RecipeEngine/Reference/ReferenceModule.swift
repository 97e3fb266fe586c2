/// A global of recipes, such as `sp`, as the reference shows it.
package struct ReferenceModule: Hashable, Sendable {
    /// The name: `sp`; `recipe` and `import` are functions, and modules of one function.
    package let name: String
    /// The purpose.
    package let documentation: String
    /// The functions, in the order of the table.
    package let functions: [ReferencedFunction]
    /// Values besides the functions: `sp.null`.
    package let constants: [ReferencedField]
}
