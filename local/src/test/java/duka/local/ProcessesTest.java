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
}
