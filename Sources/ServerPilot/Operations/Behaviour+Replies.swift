/// Rules about the content of responses.
extension Behaviour {
    /// The responses that hold the key for the installer.
    package static let apiKeyOnce = Behaviour(
        "apikey-once", .documented, "Only the reply to create_server contains the apikey.")
    /// The WordPress arguments in responses.
    package static let wordpressNotEchoed = Behaviour(
        "wordpress-not-echoed", .inferred, "No reply contains the settings of the WordPress installation.",
        otherwise: .happens("the reply to create_app contains them, without the password"))
    /// The private key of a certificate in responses.
    package static let privateKeyInReplies = Behaviour(
        "ssl-key-in-replies", .documented, "Every reply about an app contains the private key of its certificate.")
    /// Members of responses beyond those known.
    package static let onlyKnownMembers = Behaviour(
        "known-members-only", .inferred, "Replies have only known members.",
        otherwise: .happens("every object in a reply has an extra member, x_unknown"))
    /// The members of the response to a custom certificate.
    package static let customSSLReply = Behaviour(
        "custom-ssl-reply", .inferred, "The reply to add_ssl has no auto and no force, as documented.",
        settings: .oneOf(("document", .holds), ("all", .happens("it has both, like other replies about SSL"))))
    /// The form of new ids; ids of 16 to 18 letters and digits were seen.
    package static let idShape = Behaviour(
        "id-shape", .inferred, "A new id has 16 letters and digits.",
        settings: .oneOf(
            ("16", .holds), ("18", .happens("an id has 18")),
            ("marks", .happens("an id has 22 letters, digits, dashes and underscores"))))
    /// The order of the members of an object.
    package static let memberOrder = Behaviour(
        "member-order", .inferred, "The members of a reply have the order of the document's examples.",
        settings: .oneOf(("document", .holds), ("shuffled", .happens("each object has a different order"))))

    static let replies = [
        apiKeyOnce, privateKeyInReplies, wordpressNotEchoed, customSSLReply, idShape, memberOrder, onlyKnownMembers,
    ]
}
