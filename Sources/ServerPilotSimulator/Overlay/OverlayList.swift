internal import Groundwork
internal import OrderedCollections

/// A list of the live account with the changes of the copy.
///
/// A recipe reads the list after each of its changes. Only touched resources are updated.
struct OverlayList {
    /// The resources, those created on the copy last.
    private(set) var things: [JSONValue]
    /// The value of `Touched.times` at the last update.
    private(set) var times = 0
    private var places: [String: Int] = [:]

    /// Creates the list from the live account's reply.
    init(_ live: [JSONValue]) {
        things = live
        number(from: 0)
    }

    /// Updates the touched resources to their current state.
    ///
    /// - Parameters:
    ///   - touched: the ids of all resources ever touched, of any kind.
    ///   - times: the current value of `Touched.times`.
    ///   - shown: returns a resource of the list's kind in its current state; `nil` if it is deleted or of another
    ///     kind.
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
