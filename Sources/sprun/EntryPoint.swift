internal import SprunCommands

@main
struct EntryPoint {
    static func main() async {
        await CommandLineProgram.main()
    }
}
