package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

    @TempDir Path folder;

    @Test
    void who_only_looks_at_a_file_is_none_of_the_shop() throws IOException {
        Path file = Files.createFile(folder.resolve("redis.conf"));

        Process reader = new ProcessBuilder("tail", "-f", file.toString()).start();
        try {
            assertThat(Processes.withArgument(file.toString())).isEmpty();
            assertThat(reader.isAlive()).isTrue();
        } finally {
            reader.destroyForcibly();
        }
    }

    @Test
    void who_has_ended_holds_no_port_any_more() throws IOException {
        for (int i = 0; i < 5; i++) {
            int port = Ports.free().of(Part.GATEWAY);
            Process server = server(port);
            assertThat(server.inputReader().readLine()).startsWith("Serving");

            server.destroyForcibly();
            while (Processes.isAlive(server.toHandle())) {
                Thread.onSpinWait();
            }

            assertThat(Ports.isTaken(port)).isFalse();
        }
    }

    /** With so much memory that giving it back takes a moment. */
    private static Process server(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms200m",
                        "-Duser.language=en",
                        "-XX:+AlwaysPreTouch",
                        "-m",
                        "jdk.httpserver",
                        "-b",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
    }
}
