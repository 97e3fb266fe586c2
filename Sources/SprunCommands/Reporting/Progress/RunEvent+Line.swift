internal import Groundwork
internal import RecipeEngine
internal import ServerPilot

extension RunEvent.Change {
    /// The line that shows the change: `+ app shop  created  id=ACXBNUFrwDDWFISC  320ms`.
    func line(_ style: Style) -> String {
        let (sign, verb) =
            switch operation.effect {
            case .create: (style.green("+"), "created")
            case .delete: (style.red("-"), "deleted")
            case .update, .read: (style.yellow("~"), "updated")
            }
        var words = ["\(sign) \(subject.withoutControls)", verb]
        if let id { words.append("id=\(id)") }
        words.append(style.faint(elapsed.shortText))
        return words.joined(separator: "  ")
    }
}

extension RunEvent.Outside {
    /// The line that shows the change: `+ http.post https://api.example/machines  done  320ms`.
    func line(_ style: Style) -> String {
        "\(style.green("+")) \(name) \(object.withoutControls)  done  \(style.faint(elapsed.shortText))"
    }
}
