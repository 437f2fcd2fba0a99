package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir Path folder;

    @Test
    void a_process_is_found_again() {
        var file = file();
        file.remember(ProcessHandle.current());

        assertThat(file.live()).contains(ProcessHandle.current());
    }

    @Test
    void a_process_that_was_given_the_same_number_later_is_not_ours() throws IOException {
        var file = file();
        Files.writeString(file.path(), ProcessHandle.current().pid() + " 1000");

        assertThat(file.live()).isEmpty();
    }

    @Test
    void without_a_file_there_is_no_process() {
        assertThat(file().live()).isEmpty();
    }

    private PidFile file() {
        return new PidFile(folder.resolve("postgres.pid"));
    }
}
