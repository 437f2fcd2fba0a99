package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DukaTest {

    @TempDir Path home;

    @Test
    void a_reset_leaves_a_folder_alone_that_is_no_shop() throws IOException {
        Path picture = Files.createDirectories(home.resolve("images")).resolve("holiday.jpg");
        Files.writeString(picture, "a beach");

        Duka.reset(Place.at(home), sure());

        assertThat(picture).hasContent("a beach");
        assertThat(home).isDirectoryNotContaining(file -> file.endsWith("lock"));
    }

    @Test
    void a_reset_empties_a_shop() throws IOException {
        var place = Place.at(home);
        place.create();
        Files.writeString(place.images().resolve("1.jpg"), "a basket");

        Duka.reset(place, sure());

        assertThat(place.images()).doesNotExist();
    }

    private static Arguments sure() {
        return new Arguments("reset", List.of("--yes"), Set.of("--yes"), Set.of(), 0);
    }
}
