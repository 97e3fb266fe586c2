internal import OrderedCollections
internal import ServerPilot

/// A list of the live account with what happened to its things on the copy.
///
/// A recipe asks for the list after each of its changes: what was not touched is not looked at again.
struct OverlayList {
    /// The things, those that were made on the copy at the end.
    private(set) var things: [JSONValue]
    /// How often something had been touched when the list was put together.
    private(set) var times = 0
    private var places: [String: Int] = [:]

    /// The list as the live account gave it.
    init(_ live: [JSONValue]) {
        things = live
        number(from: 0)
    }

    /// Shows what was touched as it is now.
    ///
    /// - Parameters:
    ///   - touched: the ids of all that was ever touched, of any kind.
    ///   - times: how often that was.
    ///   - shown: a thing of the list's kind as it is now; `nil` of what is gone, or of another kind.
    mutating func update(_ touched: OrderedSet<String>, _ times: Int, _ shown: (String) -> JSONValue?) {
        self.times = times
        var gone: [Int] = []
        for id in touched {
            switch (places[id], shown(id)) {
            case (let place?, let thing?): things[place] = thing
            case (let place?, nil): gone.append(place)
            case (nil, let thing?):
                places[id] = things.count
                things.append(thing)
            case (nil, nil): continue
            }
        }
        guard let first = gone.min() else { return }
        for place in gone.sorted(by: >) { things.remove(at: place) }
        places = places.filter { $0.value < first }
        number(from: first)
    }

    private mutating func number(from first: Int) {
        for place in first..<things.count {
            if let id = things[place]["id"]?.stringValue { places[id] = place }
        }
    }
}
