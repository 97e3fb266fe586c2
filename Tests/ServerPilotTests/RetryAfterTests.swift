import Groundwork
import HTTPTypes
import ServerPilot
import Testing

@Suite("Retry-After")
struct RetryAfterTests {
    private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"

    @Test(
        "in seconds, with or without a fraction, is never shortened",
        arguments: [
            ("0", 0), ("120", 120), (" 7 ", 7), ("3.5", 4), ("3.0", 3), ("0.001", 1), ("3,2", 4), (".5", 1), ("2.", 2),
            ("99999999999999999999", 1_000_000_000),
        ])
    func seconds(_ text: String, _ expected: Int64) {
        #expect(RetryAfter.wait(text, date: nil) == .seconds(expected))
    }

    @Test(
        "as a date, in each form of HTTP, counts from the response's own date",
        arguments: [
            "Sun, 06 Nov 1994 08:50:37 GMT", "Sunday, 06-Nov-94 08:50:37 GMT", "Sun Nov  6 08:50:37 1994",
            "sun, 6 nov 1994 08:50:37 gmt", "Sun, 06-Nov-1994 08:50:37 GMT",
        ])
    func dates(_ text: String) {
        #expect(RetryAfter.wait(text, date: Self.date) == .seconds(60))
        #expect(RetryAfter.wait(text, date: "Sunday, 06-Nov-94 08:49:37 GMT") == .seconds(60))
    }

    @Test("as a past date requires no wait")
    func past() {
        #expect(RetryAfter.wait("Sun, 06 Nov 1994 08:00:00 GMT", date: Self.date) == .zero)
    }

    @Test("counts every day across a leap day and the end of a century")
    func calendar() {
        #expect(
            RetryAfter.wait("Wed, 01 Mar 2000 00:00:00 GMT", date: "Mon, 28 Feb 2000 00:00:00 GMT")
                == .seconds(2 * 86_400))
        #expect(
            RetryAfter.wait("Fri, 01 Jan 2100 00:00:00 GMT", date: "Thu, 31 Dec 2099 23:59:59 GMT") == .seconds(1))
    }

    @Test(
        "in an unknown form is ignored",
        arguments: [
            "", "-1", "soon", "1e3", "1.2.3", "0x10", ".", "Sun, 31 Foo 1994 08:49:37 GMT", "06 Nov 1994",
            "Sun, 06 Nov 1994 25:49:37 GMT", "+5",
        ])
    func unknown(_ text: String) {
        #expect(RetryAfter.wait(text, date: Self.date) == nil)
    }

    @Test("as a date without the response's own date is ignored")
    func undated() {
        #expect(RetryAfter.wait("Sun, 06 Nov 1994 08:50:37 GMT", date: nil) == nil)
        #expect(RetryAfter.wait("Sun, 06 Nov 1994 08:50:37 GMT", date: "yesterday") == nil)
    }

    @Test(
        "dates are read in their written form",
        arguments: [0, 1, 784_111_777, 951_782_399, 951_782_400, 1_700_000_000, 4_102_444_799, -1, -86_401] as [Int64])
    func roundTrip(_ seconds: Int64) {
        let time = Timestamp(epochSeconds: seconds)
        #expect(HTTPDate.parse(HTTPDate.text(time)) == time)
    }

    @Test("a date is written in the current form")
    func written() {
        #expect(HTTPDate.text(Timestamp(epochSeconds: 784_111_777)) == Self.date)
    }

    @Test("is read the same way from ServerPilot and from other servers")
    func responses() {
        let api = WireResponse(
            status: .tooManyRequests, headers: [.retryAfter: "Sun, 06 Nov 1994 08:50:37 GMT", .date: Self.date])
        #expect(api.retryAfter == .seconds(60))
        let web = WebReply(
            status: 503, fields: [WebField("retry-after", "3.5"), WebField("date", Self.date)].compactMap(\.self))
        #expect(web.retryAfter == .seconds(4))
    }
}
