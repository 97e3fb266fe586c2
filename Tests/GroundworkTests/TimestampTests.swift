import Groundwork
import Testing

@Suite("Timestamp")
struct TimestampTests {
    @Test("times are counted, compared and moved exactly")
    func arithmetic() {
        let time = Timestamp(epochSeconds: 1_403_130_551)
        #expect(time.epochSeconds == 1_403_130_551)
        #expect(time + .milliseconds(999) > time)
        #expect((time + .milliseconds(999)).epochSeconds == 1_403_130_551)
        #expect((time + .seconds(60)) - time == .seconds(60))
        #expect(time - (time + .seconds(60)) == .seconds(-60))
    }
}
