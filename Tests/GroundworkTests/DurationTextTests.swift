import Groundwork
import Testing

@Suite("Duration as text")
struct DurationTextTests {
    @Test(
        "a duration is a sum of numbers with units",
        arguments: [
            ("250ms", Duration.milliseconds(250)), ("5s", .seconds(5)), ("10m", .seconds(600)), ("2h", .seconds(7200)),
            ("1d", .seconds(86400)), ("1h30m", .seconds(5400)), ("0s", .zero), ("1m500ms", .milliseconds(60500)),
            ("366d", .seconds(366 * 86400)), ("36525d", .seconds(36_525 * 86400)),
        ])
    func reads(text: String, duration: Duration) {
        #expect(Duration(text: text) == duration)
    }

    @Test(
        "the reader rejects a missing unit, a sign, a fraction, spaces, and more than a hundred years",
        arguments: ["", "5", "s", "-5s", "1.5h", "5 s", "5S", "5y", "36526d", "9999999999s", "٥s", "5s!", "999999999d"])
    func refuses(text: String) {
        #expect(Duration(text: text) == nil)
    }

    @Test(
        "the short text names the two largest units",
        arguments: [
            (Duration.milliseconds(320), "320ms"), (.milliseconds(3200), "3.2s"), (.seconds(3), "3s"),
            (.seconds(125), "2m5s"), (.seconds(120), "2m"), (.seconds(5400), "1h30m"), (.seconds(7200), "2h"),
            (.zero, "0ms"), (.milliseconds(59_960), "59.9s"),
        ])
    func shortText(duration: Duration, text: String) {
        #expect(duration.shortText == text)
    }

    @Test("seconds as a number keep the fraction")
    func inSeconds() {
        #expect(Duration.milliseconds(1250).inSeconds == 1.25)
        #expect(Duration.milliseconds(-1250).inSeconds == -1.25)
    }
}
