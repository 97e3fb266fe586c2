import RecipeEngine
import Testing

@testable import SecureShell

@Suite("Messages of ssh")
struct SSHMessageTests {
    @Test(
        "an error of the jump host's ssh is a failure of the jump, also without the outer ssh's line",
        arguments: [
            "ssh: connect to host 127.0.0.1 port 50791: Connection refused\r\n",
            "ssh: connect to host 127.0.0.1 port 50791: Connection refused\r\n"
                + "kex_exchange_identification: Connection closed by remote host\r\n",
            "ssh: Could not resolve hostname gate: Name or service not known\r\n",
        ])
    func jump(_ said: String) throws {
        let through = try ShellHost("192.0.2.7", jump: "root@127.0.0.1:50791")
        #expect(SSHMessage.failure(said, status: 255, through).code == .jumpFailed)
        let direct = SSHMessage.failure(said, status: 255, try ShellHost("192.0.2.7")).code
        #expect(direct == .notReached || direct == .unknownName || said.contains("kex"), "\(direct)")
    }

    @Test("a jump host that works reports the host behind it")
    func behind() throws {
        let said = "channel 0: open failed: connect failed: Connection refused\r\nstdio forwarding failed\r\n"
        let through = try ShellHost("192.0.2.7", jump: "root@127.0.0.1:50791")
        #expect(SSHMessage.failure(said, status: 255, through).code == .notReached)
    }
}
