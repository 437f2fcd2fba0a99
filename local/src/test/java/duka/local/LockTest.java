package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {

    @TempDir Path home;

    @Test
    void a_lock_is_held_even_if_nobody_can_be_told_by_whom() throws IOException {
        Path unwritable = Files.createDirectory(home.resolve("lock.holder"));

        try (Lock lock = Lock.take(Place.at(home), "down")) {
            assertThat(lock.held().isValid()).isTrue();
            assertThat(unwritable).isDirectory();
        }
    }
}
