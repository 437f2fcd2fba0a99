package duka.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {

    @TempDir Path home;

    @Test
    void a_first_start_needs_more_than_the_next() throws IOException {
        var place = Place.at(home);
        place.create();
        long first = place.neededMegabytes();

        Files.createDirectories(place.postgres());
        long withData = place.neededMegabytes();
        Files.createDirectories(place.run().resolve("gateway-0123456789abcdef"));
        long next = place.neededMegabytes();

        assertThat(first).isGreaterThan(withData);
        assertThat(withData).isGreaterThan(next);
        assertThat(next).isPositive();
    }

    @Test
    void a_home_that_is_not_said_is_in_the_project() {
        Path usual = Place.usual(null).home();

        assertThat(usual.getFileName()).hasToString(".duka");
        assertThat(Place.usual("").home()).isEqualTo(usual);
        assertThat(Place.usual(home.toString()).home()).isEqualTo(home);
    }

    @Test
    void a_disk_that_is_too_full_is_one_clear_line() {
        var place = Place.at(home);

        assertThatThrownBy(() -> place.mustHaveFree(1_000_000_000))
                .isInstanceOf(Trouble.class)
                .hasMessageMatching(
                        "The disk is too full: \\d+ MB are free under .*, and 1000000000 MB are needed.");
        assertThatCode(() -> place.mustHaveFree(0)).doesNotThrowAnyException();
    }
}
