/// Rules about the content of responses.
extension Behaviour {
    /// The responses that hold the key for the installer.
    public static let apiKeyOnce = Behaviour(
        "apikey-once", .documented, "The apikey of a server is in the reply to its creation, and never again.")
    /// The WordPress arguments in responses.
    public static let wordpressNotEchoed = Behaviour(
        "wordpress-not-echoed", .inferred, "What WordPress was installed with is in no reply.",
        otherwise: .happens("the reply to create_app has it, without the password"))
    /// The private key of a certificate in responses.
    public static let privateKeyInReplies = Behaviour(
        "ssl-key-in-replies", .documented, "The private key of a certificate is in every reply about its app.")
    /// Members of responses beyond those known.
    public static let onlyKnownMembers = Behaviour(
        "known-members-only", .inferred, "Replies have no members beyond those that are known.",
        otherwise: .happens("every object in a reply has one more, x_unknown"))
    /// The members of the response to a custom certificate.
    public static let customSSLReply = Behaviour(
        "custom-ssl-reply", .inferred, "The reply to a custom certificate has no auto and no force, as documented.",
        settings: .oneOf(("document", .holds), ("all", .happens("it has them, like other replies about SSL"))))
    /// The form of new ids; ids of 16 to 18 letters and digits were seen.
    public static let idShape = Behaviour(
        "id-shape", .inferred, "Ids that are made have 16 letters and digits.",
        settings: .oneOf(
            ("16", .holds), ("18", .happens("they have 18")),
            ("marks", .happens("they have 22, dashes and underscores among them"))))
    /// The order of the members of an object.
    public static let memberOrder = Behaviour(
        "member-order", .inferred, "The members of a reply come in the order of the document's examples.",
        settings: .oneOf(("document", .holds), ("shuffled", .happens("they come in another order in each object"))))

    static let replies = [
        apiKeyOnce, privateKeyInReplies, wordpressNotEchoed, customSSLReply, idShape, memberOrder, onlyKnownMembers,
    ]
}
