/// Dates in HTTP's format (RFC 9110, section 5.6.7): whole seconds, always UTC.
package enum HTTPDate {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    /// Reads a date in the current form or in either obsolete form.
    ///
    /// The current form is `Sun, 06 Nov 1994 08:49:37 GMT`. The obsolete forms are `Sunday, 06-Nov-94 08:49:37 GMT` and
    /// `Sun Nov  6 08:49:37 1994`. The name of the day is not checked against the date.
    ///
    /// - Returns: the time; `nil` for any other text.
    package static func parse(_ text: String) -> Timestamp? {
        let words = text.split { $0 == " " || $0 == "\t" || $0 == "," || $0 == "-" }.map(String.init)
        let fields: (day: String, month: String, year: String, time: String)
        switch words.count {
        case 6 where ["GMT", "UTC"].contains(words[5].uppercased()):
            fields = (words[1], words[2], words[3], words[4])
        case 5: fields = (words[2], words[1], words[4], words[3])
        default: return nil
        }
        guard let day = number(fields.day, 1...31), let month = months.firstIndex(of: fields.month.lowercased()),
            let year = year(fields.year), let seconds = secondsOfDay(fields.time)
        else { return nil }
        return Timestamp(epochSeconds: daysSinceEpoch(year, Int64(month) + 1, day) * 86_400 + seconds)
    }

    /// Returns the time in the current form, such as `Sun, 06 Nov 1994 08:49:37 GMT`, without fractions of a second.
    package static func text(_ time: Timestamp) -> String {
        let seconds = time.epochSeconds
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = seconds - days * 86_400
        let (year, month, day) = date(daysSinceEpoch: days)
        // The first day of 1970 was a Thursday.
        let weekday = self.days[Int(((days + 4) % 7 + 7) % 7)]
        let name = months[Int(month) - 1].prefix(1).uppercased() + months[Int(month) - 1].dropFirst()
        let clock = [rest / 3600, rest / 60 % 60, rest % 60].map(padded).joined(separator: ":")
        return "\(weekday), \(padded(day)) \(name) \(year) \(clock) GMT"
    }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func number(_ text: some StringProtocol, _ range: ClosedRange<Int64>) -> Int64? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text), range.contains(number)
        else { return nil }
        return number
    }

    /// Reads four digits, or the two digits of RFC 850; 70 to 99 mean 1970 to 1999.
    private static func year(_ text: String) -> Int64? {
        guard let year = number(text, 0...9999) else { return nil }
        switch text.count {
        case 4: return year
        case 2: return year < 70 ? 2000 + year : 1900 + year
        default: return nil
        }
    }

    private static func secondsOfDay(_ text: String) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        // 60 is a leap second.
        guard parts.count == 3, let hour = number(parts[0], 0...23), let minute = number(parts[1], 0...59),
            let second = number(parts[2], 0...60)
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    // Both functions count days in the Gregorian calendar's 400-year eras, with years that begin in March.

    private static func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(daysSinceEpoch days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
